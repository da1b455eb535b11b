package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** log p(x) = −½ Σⱼ (ln 2π + logVarⱼ + (xⱼ − meanⱼ)²·e^(−logVarⱼ)), nats a row. */
final class PixelGaussianLogProb implements Operation {
  private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  private final Kernels kernels;
  private final Tensor mean;
  private final Tensor logVar;
  private final Tensor x;
  private final Tensor logProb;
  private final float constant;
  private final float[] lanes;
  private PendingGradient byMean;
  private PendingGradient byLogVar;

  PixelGaussianLogProb(Kernels kernels, Tensor mean, Tensor logVar, Tensor x, Tensor logProb) {
    this.kernels = kernels;
    this.mean = mean;
    this.logVar = logVar;
    this.x = x;
    this.logProb = logProb;
    this.constant = (float) (-0.5 * x.columns() * LOG_TWO_PI);
    this.lanes = new float[logProb.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mean, logVar);
  }

  @Override
  public Tensor output() {
    return logProb;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    boolean wanted = learning && byMean != null;
    float[] ofMean = wanted ? byMean.derivative() : null;
    float[] ofLogVar = wanted ? byLogVar.derivative() : null;
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      int offset = row * x.stride();
      kernels.gaussian(
          mean.values(),
          logVar.values(),
          x.values(),
          ofMean,
          ofLogVar,
          offset,
          x.columns(),
          lanes,
          at);
      logProb.values()[row] = Kernels.sumLanes(lanes, at) + constant;
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      byMean.multiplyRow(row, logProb.gradient()[row]);
      byLogVar.multiplyRow(row, logProb.gradient()[row]);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    byMean = new PendingGradient(kernels, mean, adds[0]);
    byLogVar = new PendingGradient(kernels, logVar, adds[1]);
  }
}
