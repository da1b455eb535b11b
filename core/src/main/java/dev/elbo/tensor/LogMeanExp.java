package dev.elbo.tensor;

import dev.elbo.kernel.Softmax;
import java.util.List;

/**
 * out[r] = ln (1/k) Σₛ e^x[r·k + s]; its gradient goes to each term by its share of the sum. At k =
 * 1 both are exactly those of x.
 */
final class LogMeanExp implements Operation {
  private final Tensor x;
  private final int k;
  private final Tensor out;
  private final float logOfCount;
  private float[] shares;
  private boolean adds;

  static LogMeanExp of(String name, Tensor x, int k) {
    return new LogMeanExp(x, k, MeanOfSamples.row(name, x, k));
  }

  private LogMeanExp(Tensor x, int k, Tensor out) {
    this.x = x;
    this.k = k;
    this.out = out;
    this.logOfCount = (float) StrictMath.log(k);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] wanted = learning ? shares : null;
    for (int row = from; row < to; row++) {
      out.values()[row] = Softmax.logSumExp(x.values(), row * k, k, wanted) - logOfCount;
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dx = x.gradient();
    for (int row = from * k; row < to * k; row++) {
      float share = shares[row] * out.gradient()[row / k];
      dx[row] = adds ? dx[row] + share : share;
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
    shares = new float[x.values().length];
  }
}
