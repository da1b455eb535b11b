package dev.elbo.tensor;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import java.util.List;

/** y = f(x) and dx = f′(x)·dy, element by element. */
final class Elementwise implements Operation {
  private final Kernels kernels;
  private final ElementFunction f;
  private final Tensor x;
  private final Tensor y;
  private boolean adds;

  Elementwise(Kernels kernels, ElementFunction f, Tensor x, Tensor y) {
    this.kernels = kernels;
    this.f = f;
    this.x = x;
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
    for (int row = from; row < to; row++) {
      kernels.apply(f, x.values(), y.values(), row * x.stride(), x.columns());
    }
  }

  @Override
  public void backward(int from, int to) {
    if (!x.trainable()) {
      return;
    }
    for (int row = from; row < to; row++) {
      kernels.applyBackward(
          f, y.values(), y.gradient(), x.gradient(), row * x.stride(), x.columns(), adds);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
