package dev.elbo.latent;

import dev.elbo.tensor.Tensor;

/** Takes rows out of a tensor's padded buffer. */
final class Rows {
  private Rows() {}

  /** Copies the first rows to {@code to}, from its row {@code start} on, without padding. */
  static void copy(Tensor from, int rows, float[] to, int start) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          from.values(), row * from.stride(), to, (start + row) * from.columns(), from.columns());
    }
  }
}
