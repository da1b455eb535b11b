package dev.elbo.model;

import java.util.Locale;

/** Where the bias of the output begins. */
public enum OutputBias {
  ZERO,
  /** At the logit of each pixel's mean over the training images, kept within [0.001, 0.999]. */
  DATA;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
