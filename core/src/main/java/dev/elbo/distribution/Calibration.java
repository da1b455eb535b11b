package dev.elbo.distribution;

/**
 * The one σ² under which images are likeliest, in closed form: the mean squared error over all of
 * them and their pixels (Rybkin, Daniilidis and Levine 2021, equation 4).
 *
 * @param squaredError summed over images and pixels
 */
public record Calibration(double squaredError, long images, int pixels) {
  /**
   * The variance of rounding to 256 levels of grey, (1/255)²/12. Data of bytes can tell nothing
   * about a smaller one, and a perfect reconstruction would ask for zero.
   */
  public static final double LEAST_VARIANCE = 1 / (12.0 * 255 * 255);

  public Calibration {
    if (images < 1 || pixels < 1) {
      throw new IllegalArgumentException(
          "images (=%d) and pixels (=%d) must be at least 1".formatted(images, pixels));
    }
  }

  /** σ², at least {@link #LEAST_VARIANCE}. */
  public double variance() {
    return Math.max(LEAST_VARIANCE, meanSquaredError());
  }

  /** The root of the mean squared error. */
  public double sigma() {
    return Math.sqrt(variance());
  }

  /** log p(x|z) at this σ², averaged over the images, in nats: −½D(MSE/σ² + ln(2πσ²)). */
  public double meanLogProb() {
    double v = variance();
    return -0.5 * pixels * (meanSquaredError() / v + StrictMath.log(2 * StrictMath.PI * v));
  }

  private double meanSquaredError() {
    return squaredError / ((double) images * pixels);
  }
}
