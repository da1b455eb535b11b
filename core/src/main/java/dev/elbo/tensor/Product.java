package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.List;

/** y = a·b, da = b·dy and db = a·dy, element by element. */
final class Product implements Operation {
  private final LatentKernels kernels;
  private final Tensor a;
  private final Tensor b;
  private final Tensor y;
  private boolean addA;
  private boolean addB;

  static Product of(Kernels kernels, String name, Tensor a, Tensor b) {
    Shapes.requireAlike(a, b);
    Tensor y = a.withColumns(name, a.columns(), Tensor.anyTrainable(a, b));
    return new Product(kernels.latent(), a, b, y);
  }

  private Product(LatentKernels kernels, Tensor a, Tensor b, Tensor y) {
    this.kernels = kernels;
    this.a = a;
    this.b = b;
    this.y = y;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * y.stride();
      kernels.product(a.values(), b.values(), y.values(), at, y.columns(), false);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      int at = row * y.stride();
      if (a.trainable()) {
        kernels.product(b.values(), y.gradient(), a.gradient(), at, y.columns(), addA);
      }
      if (b.trainable()) {
        kernels.product(a.values(), y.gradient(), b.gradient(), at, y.columns(), addB);
      }
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    addA = adds[0];
    addB = adds[1];
  }
}
