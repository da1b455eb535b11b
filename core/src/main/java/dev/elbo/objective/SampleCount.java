package dev.elbo.objective;

import dev.elbo.InputException;

/** How many draws an image gets. */
final class SampleCount {
  private SampleCount() {}

  static void require(int k) {
    if (k < 1) {
      throw new InputException(
          "k: expected at least 1 draw an image, found %d; 1 is the usual bound".formatted(k));
    }
  }
}
