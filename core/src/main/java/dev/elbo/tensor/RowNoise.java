package dev.elbo.tensor;

/**
 * The address of a row's random numbers, as a {@link Noise} key: step, image and sample are in it.
 */
@FunctionalInterface
public interface RowNoise {
  /**
   * @param row of the batch, an image each
   * @param sample which of the image's draws, from 0
   */
  long key(int row, int sample);

  /** The noise of the same rows in another stochastic layer; layer 0 is this one. */
  default RowNoise layer(int number) {
    if (number != 0) {
      throw new IllegalStateException("this noise has one layer, and not number " + number);
    }
    return this;
  }
}
