package dev.elbo.tensor;

import java.util.List;

/**
 * In a step the σ² under which the batch is likeliest, max(least, mean of squared errors over rows
 * and pixels), [1 in all]; a parameter holds it until the next. Otherwise what the parameter holds.
 * It passes no gradient: at the best σ² the derivative of the batch's log-likelihood by σ² is zero,
 * so that none is missing.
 */
final class BatchVariance implements AcrossRows {
  private final Tensor squaredError;
  private final int pixels;
  private final double least;
  private final Parameter held;
  private final Tensor variance;
  private int rows;

  private BatchVariance(
      Tensor squaredError, int pixels, double least, Parameter held, Tensor variance) {
    this.squaredError = squaredError;
    this.pixels = pixels;
    this.least = least;
    this.held = held;
    this.variance = variance;
  }

  static BatchVariance of(
      String name, Tensor squaredError, int pixels, double least, Parameter held) {
    Shapes.requireNumbers(squaredError);
    Tensor variance = Tensor.numbers(squaredError.tape(), name, RowAxis.fixed(1), false);
    return new BatchVariance(squaredError, pixels, least, held, variance);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(squaredError);
  }

  @Override
  public Tensor output() {
    return variance;
  }

  @Override
  public boolean readsAllRowsOf(int input) {
    return true;
  }

  @Override
  public void begin(int images) {
    rows = squaredError.axis().count(images);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    if (learning) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += squaredError.values()[row];
      }
      held.values()[0] = (float) Math.max(least, sum / ((double) rows * pixels));
    }
    variance.values()[0] = held.values()[0];
  }

  @Override
  public void backward(int from, int to) {
    throw new IllegalStateException(variance.name() + " takes no gradient");
  }

  @Override
  public void backwardAcross(int from, int to) {
    throw new IllegalStateException(variance.name() + " takes no gradient");
  }

  @Override
  public void wantGradients(boolean[] adds) {
    throw new IllegalStateException(variance.name() + " takes no gradient");
  }
}
