package dev.elbo.tensor;

import java.util.List;

/** out[r] = (1/k) Σₛ x[r·k + s], s ascending, one number a row. */
final class MeanOfSamples implements Operation {
  private final Tensor x;
  private final int k;
  private final Tensor out;
  private final float share;
  private boolean adds;

  static MeanOfSamples of(String name, Tensor x, int k) {
    return new MeanOfSamples(x, k, row(name, x, k));
  }

  /** A number for each k of x. */
  static Tensor row(String name, Tensor x, int k) {
    Shapes.requireNumbers(x);
    Shapes.requireGroups(x, k);
    return Tensor.numbers(x.tape(), name, x.axis().over(k), x.trainable());
  }

  private MeanOfSamples(Tensor x, int k, Tensor out) {
    this.x = x;
    this.k = k;
    this.out = out;
    this.share = 1f / k;
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
    for (int row = from; row < to; row++) {
      float sum = 0f;
      for (int i = row * k; i < (row + 1) * k; i++) {
        sum += x.values()[i];
      }
      out.values()[row] = share * sum;
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dx = x.gradient();
    for (int row = from * k; row < to * k; row++) {
      float given = share * out.gradient()[row / k];
      dx[row] = adds ? dx[row] + given : given;
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
