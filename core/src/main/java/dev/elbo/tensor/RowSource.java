package dev.elbo.tensor;

/** Fills rows of an input: from bytes of images, from latent vectors, from a client's arrays. */
@FunctionalInterface
public interface RowSource {
  /** Writes one row of the input's columns at {@code offset}; called by several threads. */
  void fill(int row, float[] values, int offset);
}
