package dev.elbo.model;

import java.util.Locale;

/** Which p(x|z) the decoder returns. */
public enum LikelihoodKind {
  /** Logits, for pixels in [0, 1]. */
  BERNOULLI,
  /** A mean in [0, 1] (sigmoid output) and σ = 1: the squared error. */
  GAUSSIAN,
  /** A mean in [0, 1] and one σ for all pixels, the best in closed form. */
  CALIBRATED_GAUSSIAN,
  /** A mean in [0, 1] and a variance for each pixel, both from the decoder. */
  PIXEL_GAUSSIAN,
  /** Logits of a density on [0, 1], for grey pixels. */
  CONTINUOUS_BERNOULLI;

  /**
   * Whether σ is found with the weights, so that the terms of the bound need no weight: β is 1
   * where nobody chose it.
   */
  public boolean findsSigma() {
    return this == CALIBRATED_GAUSSIAN || this == PIXEL_GAUSSIAN;
  }

  /** As it stands in a configuration: lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
