package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.Arrays;
import java.util.List;

/** Columns [first, first + columns of y) of x. */
final class Slice implements Operation {
  private final LatentKernels kernels;
  private final Tensor x;
  private final int first;
  private final Tensor y;
  private boolean adds;

  static Slice of(Kernels kernels, String name, Tensor x, int from, int to) {
    Shapes.requireMatrix(x);
    if (from < 0 || from >= to || to > x.columns()) {
      throw new IllegalArgumentException(
          "[%d, %d) must lie in the columns of %s (=%d)"
              .formatted(from, to, x.name(), x.columns()));
    }
    Tensor y = x.withColumns(name, to - from, x.trainable());
    return new Slice(kernels.latent(), x, from, y);
  }

  private Slice(LatentKernels kernels, Tensor x, int first, Tensor y) {
    this.kernels = kernels;
    this.x = x;
    this.first = first;
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
      int at = row * x.stride() + first;
      System.arraycopy(x.values(), at, y.values(), row * y.stride(), y.columns());
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dx = x.gradient();
    for (int row = from; row < to; row++) {
      int at = row * x.stride();
      if (!adds) {
        Arrays.fill(dx, at, at + x.stride(), 0f);
      }
      kernels.copy(y.gradient(), row * y.stride(), dx, at + first, y.columns(), adds);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
