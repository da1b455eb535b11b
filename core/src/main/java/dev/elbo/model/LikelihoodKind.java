package dev.elbo.model;

import java.util.Locale;

/** Which p(x|z) the decoder returns. */
public enum LikelihoodKind {
  /** Logits, for pixels in [0, 1]. */
  BERNOULLI,
  /** A mean in [0, 1] (sigmoid output) and σ = 1: the squared error. */
  GAUSSIAN;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
