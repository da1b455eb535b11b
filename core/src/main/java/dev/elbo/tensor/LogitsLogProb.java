package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** log p(x) = Σⱼ of a term of pixel xⱼ and logit lⱼ, nats a row; a kernel says which term. */
final class LogitsLogProb implements Operation {
  /**
   * The kernel: lanes of the sum over a row, and the derivative by each logit where it is wanted.
   */
  interface Terms {
    void sum(
        float[] logits,
        float[] x,
        float[] derivative,
        int offset,
        int columns,
        float[] lanes,
        int lanesOffset);
  }

  private final Kernels kernels;
  private final Terms terms;
  private final Tensor logits;
  private final Tensor x;
  private final Tensor logProb;
  private final float[] lanes;
  private PendingGradient pending;

  LogitsLogProb(Kernels kernels, Terms terms, Tensor logits, Tensor x, Tensor logProb) {
    this.kernels = kernels;
    this.terms = terms;
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
      terms.sum(logits.values(), x.values(), derivative, row * x.stride(), x.columns(), lanes, at);
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
