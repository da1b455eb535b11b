package dev.elbo.tensor;

/**
 * The address of a row's random numbers, as a {@link Noise} key: step, image and sample are in it.
 */
@FunctionalInterface
public interface RowNoise {
  long key(int row);
}
