package dev.elbo.tensor;

/**
 * What gradients are multiplied by where they pass a {@link Tape#scaleGradient}, row by row: a
 * tensor that may be computed from the very values that pass there, since it is asked for only on
 * the way back.
 */
public final class GradientScale {
  private Tensor factors;
  private Scalar share;

  /** To be multiplied by 1 − share + share·f with f one number a row. */
  public void by(Tensor perRow, Scalar ofShare) {
    Shapes.requireNumbers(perRow);
    factors = perRow;
    share = ofShare;
  }

  float of(int row) {
    if (factors == null) {
      throw new IllegalStateException("by(…) must come before a step");
    }
    return Math.fma(share.value(), factors.values()[row], 1f - share.value());
  }
}
