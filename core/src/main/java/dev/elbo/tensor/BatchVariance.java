package dev.elbo.tensor;

import java.util.List;

/**
 * The σ² under which a batch is likeliest, max(least, mean of squared errors over rows and pixels),
 * [1 in all]; a scalar gets it too. It passes no gradient: at the best σ² the derivative of the
 * batch's log-likelihood by σ² is zero, so that none is missing.
 */
final class BatchVariance implements AcrossRows {
  private final Tensor squaredError;
  private final int pixels;
  private final double least;
  private final Scalar scalar;
  private final Tensor variance;
  private int rows;

  private BatchVariance(
      Tensor squaredError, int pixels, double least, Scalar scalar, Tensor variance) {
    this.squaredError = squaredError;
    this.pixels = pixels;
    this.least = least;
    this.scalar = scalar;
    this.variance = variance;
  }

  static BatchVariance of(
      String name, Tensor squaredError, int pixels, double least, Scalar scalar) {
    Shapes.requireNumbers(squaredError);
    Tensor variance = Tensor.numbers(squaredError.tape(), name, RowAxis.fixed(1), false);
    return new BatchVariance(squaredError, pixels, least, scalar, variance);
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
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += squaredError.values()[row];
    }
    scalar.set(Math.max(least, sum / ((double) rows * pixels)));
    variance.values()[0] = scalar.value();
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
