package dev.elbo.tensor;

/**
 * What gradients are multiplied by where they pass a {@link Tape#scaleGradient}, row by row: a
 * tensor that may be computed from the very values that pass there, since it is asked for only on
 * the way back.
 */
public final class GradientScale {
  private Tensor factors;

  /**
   * @param perRow one number a row, through which no gradient goes
   */
  public void by(Tensor perRow) {
    Shapes.requireNumbers(perRow);
    factors = perRow;
  }

  float of(int row) {
    if (factors == null) {
      throw new IllegalStateException("by(…) must come before a step");
    }
    return factors.values()[row];
  }
}
