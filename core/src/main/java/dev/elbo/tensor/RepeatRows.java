package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.List;

/** y[r·k + s] = x[r] for s from 0 to k − 1, and dx[r] = Σₛ dy[r·k + s], s ascending. */
final class RepeatRows implements Operation {
  private final LatentKernels kernels;
  private final Tensor x;
  private final int k;
  private final Tensor y;
  private boolean adds;

  static RepeatRows of(Kernels kernels, String name, Tensor x, int k) {
    if (!x.axis().ofBatch()) {
      throw new IllegalArgumentException(x.name() + " has no row for each image");
    }
    RowAxis axis = x.axis().times(k);
    Tensor y =
        x.stride() == 1
            ? Tensor.numbers(x.tape(), name, axis, x.trainable())
            : Tensor.matrix(x.tape(), name, axis, x.columns(), x.trainable());
    return new RepeatRows(kernels.latent(), x, k, y);
  }

  private RepeatRows(LatentKernels kernels, Tensor x, int k, Tensor y) {
    this.kernels = kernels;
    this.x = x;
    this.k = k;
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
    int stride = x.stride();
    for (int row = from; row < to; row++) {
      System.arraycopy(x.values(), row / k * stride, y.values(), row * stride, stride);
    }
  }

  @Override
  public boolean takesWholeImages() {
    return true;
  }

  @Override
  public void backward(int from, int to) {
    int stride = x.stride();
    for (int row = from / k; row < to / k; row++) {
      kernels.sumRows(
          y.gradient(), row * k * stride, stride, k, x.gradient(), row * stride, x.columns(), adds);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
