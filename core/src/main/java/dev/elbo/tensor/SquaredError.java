package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** Σⱼ (xⱼ − meanⱼ)², one number a row. */
final class SquaredError implements Operation {
  private final Kernels kernels;
  private final Tensor mean;
  private final Tensor x;
  private final Tensor error;
  private final float[] lanes;
  private PendingGradient pending;

  SquaredError(Kernels kernels, Tensor mean, Tensor x, Tensor error) {
    this.kernels = kernels;
    this.mean = mean;
    this.x = x;
    this.error = error;
    this.lanes = new float[error.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mean);
  }

  @Override
  public Tensor output() {
    return error;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] derivative = learning && pending != null ? pending.derivative() : null;
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      kernels.squaredError(
          mean.values(), x.values(), derivative, row * x.stride(), x.columns(), lanes, at);
      error.values()[row] = Kernels.sumLanes(lanes, at);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      pending.multiplyRow(row, -2f * error.gradient()[row]);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    pending = new PendingGradient(kernels, mean, adds[0]);
  }
}
