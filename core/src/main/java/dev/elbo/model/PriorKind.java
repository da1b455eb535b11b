package dev.elbo.model;

import java.util.Locale;

/** Which p(z) the latent variables have. */
public enum PriorKind {
  /** N(0, 1) in every dimension. */
  NORMAL,
  /** The mean of the posteriors of inputs that are learned (Tomczak and Welling 2018). */
  VAMP;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
