package dev.elbo.tensor;

import java.util.List;

/**
 * log p = −½(e/σ² + D·ln(2πσ²)) of a squared error e over D pixels, with one σ² for all rows, nats
 * a row. The variance is a tensor of one number, so that it may be found from the squared errors.
 * It gets no gradient: at the σ² that is best for the batch that gradient is zero.
 */
final class CalibratedGaussianLogProb implements AcrossRows {
  private final Tensor squaredError;
  private final Tensor variance;
  private final int pixels;
  private final Tensor logProb;
  private boolean adds;

  CalibratedGaussianLogProb(Tensor squaredError, Tensor variance, int pixels, Tensor logProb) {
    this.squaredError = squaredError;
    this.variance = variance;
    this.pixels = pixels;
    this.logProb = logProb;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(squaredError, variance);
  }

  @Override
  public boolean readsAllRowsOf(int input) {
    return input == 1;
  }

  @Override
  public void begin(int images) {
    // The variance is one number, whatever the batch.
  }

  @Override
  public Tensor output() {
    return logProb;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    double v = variance.values()[0];
    float slope = slope(v);
    float constant = (float) (-0.5 * pixels * StrictMath.log(2 * StrictMath.PI * v));
    for (int row = from; row < to; row++) {
      logProb.values()[row] = Math.fma(slope, squaredError.values()[row], constant);
    }
  }

  @Override
  public void backward(int from, int to) {
    float slope = slope(variance.values()[0]);
    float[] gradient = squaredError.gradient();
    for (int row = from; row < to; row++) {
      float share = slope * logProb.gradient()[row];
      gradient[row] = adds ? gradient[row] + share : share;
    }
  }

  @Override
  public void backwardAcross(int from, int to) {
    throw new IllegalStateException(variance.name() + " is data");
  }

  private static float slope(double variance) {
    return (float) (-0.5 / variance);
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
