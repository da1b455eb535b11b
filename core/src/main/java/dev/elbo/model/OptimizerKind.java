package dev.elbo.model;

import java.util.Locale;

/** The optimisers. */
public enum OptimizerKind {
  /** Kingma and Ba 2015. */
  ADAM,
  /** With decoupled weight decay (Loshchilov and Hutter 2019). */
  ADAMW;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
