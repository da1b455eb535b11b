package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** log p(x) = −½ Σⱼ ((xⱼ − meanⱼ)²/σ² + ln(2πσ²)), nats a row. */
final class GaussianLogProb implements Operation {
  private final Kernels kernels;
  private final Tensor mean;
  private final Tensor x;
  private final Tensor logProb;
  private final float precision;
  private final float constant;
  private final float[] lanes;
  private PendingGradient pending;

  GaussianLogProb(Kernels kernels, Tensor mean, Tensor x, double sigma, Tensor logProb) {
    if (!(sigma > 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException("sigma (=" + sigma + ") must be above 0 and finite");
    }
    this.kernels = kernels;
    this.mean = mean;
    this.x = x;
    this.logProb = logProb;
    this.precision = (float) (1 / (sigma * sigma));
    this.constant =
        (float) (-0.5 * x.columns() * StrictMath.log(2 * StrictMath.PI * sigma * sigma));
    this.lanes = new float[logProb.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mean);
  }

  @Override
  public Tensor output() {
    return logProb;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] derivative = learning && pending != null ? pending.derivative() : null;
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      kernels.squaredError(
          mean.values(), x.values(), derivative, row * x.stride(), x.columns(), lanes, at);
      logProb.values()[row] = Math.fma(-0.5f * precision, Kernels.sumLanes(lanes, at), constant);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      pending.multiplyRow(row, logProb.gradient()[row] * precision);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    pending = new PendingGradient(kernels, mean, adds[0]);
  }
}
