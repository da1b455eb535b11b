package dev.elbo.evaluation;

/**
 * ln (1/n) Σᵢ e^wᵢ of numbers that come one after another, in constant memory: the largest so far
 * is taken out of the sum, which is rescaled where a larger one comes. NaN stays NaN.
 */
final class RunningLogMeanExp {
  /** e^−38 is below half an ulp of a sum that is at least 1: adding it would change no bit. */
  private static final double NEGLIGIBLE = -38;

  private double largest = Double.NEGATIVE_INFINITY;
  private double sum;
  private long count;

  void add(double w) {
    count++;
    if (w <= largest) {
      if (w - largest > NEGLIGIBLE) {
        sum += StrictMath.exp(w - largest);
      }
    } else {
      sum = sum * StrictMath.exp(largest - w) + 1;
      largest = w;
    }
  }

  long count() {
    return count;
  }

  double value() {
    return largest + StrictMath.log(sum / count);
  }
}
