package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;

/**
 * A derivative that the forward pass finds on its way, and that the backward pass only multiplies
 * by the gradient of the row's result. It lies in the gradient buffer itself, unless other
 * operations write there first.
 */
final class PendingGradient {
  private final Kernels kernels;
  private final Tensor input;
  private final boolean adds;
  private final float[] derivative;

  PendingGradient(Kernels kernels, Tensor input, boolean adds) {
    this.kernels = kernels;
    this.input = input;
    this.adds = adds;
    this.derivative = adds ? new float[input.values().length] : input.gradient();
  }

  float[] derivative() {
    return derivative;
  }

  void multiplyRow(int row, float factor) {
    if (input.trainable()) {
      int at = row * input.stride();
      kernels.scale(derivative, factor, input.gradient(), at, input.columns(), adds);
    }
  }
}
