package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** E[x] = 1/(1 − e^(−l)) − 1/l of logits l: a picture, which no loss goes through. */
final class ContinuousBernoulliMean implements Operation {
  private final Kernels kernels;
  private final Tensor logits;
  private final Tensor mean;

  ContinuousBernoulliMean(Kernels kernels, Tensor logits, Tensor mean) {
    this.kernels = kernels;
    this.logits = logits;
    this.mean = mean;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
  }

  @Override
  public Tensor output() {
    return mean;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * logits.stride();
      kernels.continuousBernoulliMean(logits.values(), mean.values(), at, logits.columns());
    }
  }

  @Override
  public void backward(int from, int to) {
    throw new AssertionError("refused by wantGradients");
  }

  @Override
  public void wantGradients(boolean[] adds) {
    throw new IllegalStateException(
        mean.name() + " is a picture and has no gradient; minimise the log-probability instead");
  }
}
