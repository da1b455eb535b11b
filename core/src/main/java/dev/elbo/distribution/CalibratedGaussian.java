package dev.elbo.distribution;

import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;

/**
 * Independent N(mean, σ²), a pixel each, with one σ² from outside: the σ-VAE (Rybkin, Daniilidis
 * and Levine 2021). The best one, {@link Calibration#variance}, is the mean squared error over all
 * images and pixels, and with it β = 1 needs no tuning. Whoever sets it between the squared errors
 * of a batch and their log-probabilities gets the gradient of the calibrated bound, since at the
 * best σ² the derivative by σ² is zero.
 *
 * @param mean [rows, pixels]
 */
public record CalibratedGaussian(Tensor mean, Scalar variance) implements Likelihood {
  @Override
  public Tensor logProb(Tensor x) {
    return logProbOf(squaredError(x));
  }

  /** Σⱼ (xⱼ − meanⱼ)², [rows]: what σ² is found from. */
  public Tensor squaredError(Tensor x) {
    return mean.tape().squaredError("squared error", mean, x);
  }

  /** log p(x|z) = −½(squaredError/σ² + D·ln(2πσ²)), [rows], nats. */
  public Tensor logProbOf(Tensor squaredError) {
    return mean.tape()
        .calibratedGaussianLogProb("log p(x|z)", squaredError, variance, mean.columns());
  }
}
