package dev.elbo.distribution;

import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * Independent N(mean, σ²), a pixel each, with one σ²: the σ-VAE (Rybkin, Daniilidis and Levine
 * 2021), in which β = 1 needs no tuning. The best σ² is the mean squared error over images and
 * pixels, {@link Calibration}.
 *
 * <p>In training it is that of each batch, found between the errors and the log-probabilities. The
 * gradient of the batch's mean is exact, though σ² passes none, since at the best σ² that
 * derivative is zero; under an importance-weighted bound it is not, and σ² is then a constant.
 * Outside training σ² is what the parameter says.
 *
 * @param mean [rows, pixels]
 * @param variance σ², one number
 */
public record CalibratedGaussian(Tensor mean, Parameter variance) implements Likelihood {
  @Override
  public Tensor logProb(Tensor x) {
    Tape tape = mean.tape();
    int pixels = mean.columns();
    Tensor error = tape.squaredError("squared error", mean, x); // [rows]
    double least = Calibration.LEAST_VARIANCE;
    Tensor best = tape.batchVariance("σ²", error, pixels, least, variance); // [1 in all]
    return tape.calibratedGaussianLogProb("log p(x|z)", error, best, pixels); // [rows]
  }
}
