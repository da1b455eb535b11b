package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** log p(x) = Σⱼ xⱼ·lⱼ − ln((e^lⱼ − 1)/lⱼ) with logits l, nats a row. */
final class ContinuousBernoulliLogProb implements Operation {
  private final Kernels kernels;
  private final Tensor logits;
  private final Tensor x;
  private final Tensor logProb;
  private final float[] lanes;
  private PendingGradient pending;

  ContinuousBernoulliLogProb(Kernels kernels, Tensor logits, Tensor x, Tensor logProb) {
    this.kernels = kernels;
    this.logits = logits;
    this.x = x;
    this.logProb = logProb;
    this.lanes = new float[logProb.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
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
      kernels.continuousBernoulli(
          logits.values(), x.values(), derivative, row * x.stride(), x.columns(), lanes, at);
      logProb.values()[row] = Kernels.sumLanes(lanes, at);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      pending.multiplyRow(row, logProb.gradient()[row]);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    pending = new PendingGradient(kernels, logits, adds[0]);
  }
}
