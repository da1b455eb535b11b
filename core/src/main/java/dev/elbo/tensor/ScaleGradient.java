package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** The same values, with the gradient of each row multiplied on its way back. */
final class ScaleGradient implements Operation {
  private final Kernels kernels;
  private final Tensor x;
  private final GradientScale scale;
  private final Tensor y;
  private boolean adds;

  ScaleGradient(Kernels kernels, Tensor x, GradientScale scale, Tensor y) {
    this.kernels = kernels;
    this.x = x;
    this.scale = scale;
    this.y = y;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    // The values are shared.
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      int at = row * x.stride();
      kernels.scale(y.gradient(), scale.of(row), x.gradient(), at, x.columns(), adds);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
