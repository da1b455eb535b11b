package dev.elbo.distribution;

import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The {@link CalibratedGaussian} in training: its σ² is the best one for each batch, the mean
 * squared error over its rows and pixels, found between the errors and the log-probabilities. The
 * gradient of the batch's mean is exact, though σ² passes none, since at the best σ² that
 * derivative is zero; under an importance-weighted bound it is not, and σ² is then a constant.
 *
 * @param mean [rows, pixels]
 * @param variance where the σ² of the last batch is left
 */
public record BatchCalibratedGaussian(Tensor mean, Scalar variance) implements Likelihood {
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
