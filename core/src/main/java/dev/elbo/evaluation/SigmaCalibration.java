package dev.elbo.evaluation;

import dev.elbo.data.Batches;
import dev.elbo.distribution.Calibration;
import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The best σ² of a Gaussian decoder over a set of images, each decoded from one draw of its
 * posterior, addressed as in {@link TestBound}; the sum runs over the images in order, in double.
 */
public final class SigmaCalibration {
  private static final int ROWS = 256;

  private final Batches batches;
  private final int count;
  private final Tape tape;
  private final Tensor squaredError;
  private final int pixels;

  /**
   * @param batches in the order of the data set
   * @param count of images, the first ones
   */
  public SigmaCalibration(
      Vae vae, Batches batches, int count, long seed, Kernels kernels, Team team) {
    this.batches = batches;
    this.count = count;
    this.pixels = vae.config().inputSize();
    this.tape = new Tape(Math.min(ROWS, count), kernels, team);
    Tensor x = tape.input("x", pixels, batches);
    PosteriorNoise noise = new PosteriorNoise(seed, batches::image);
    noise.atStep(PosteriorNoise.TEST);
    Vae given = vae.given(tape, batches::label);
    DiagonalGaussian q = given.encode(x);
    Tensor mean = given.decode(q.sample(noise)).mean(); // [rows, pixels]
    this.squaredError = tape.squaredError("squared error", mean, x); // [rows]
  }

  /**
   * With the weights as they are now.
   *
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public Calibration measure() {
    double sum = 0;
    for (int start = 0; start < count; start += tape.capacity()) {
      int rows = Math.min(tape.capacity(), count - start);
      batches.startAt(start);
      tape.forward(rows);
      for (int row = 0; row < rows; row++) {
        sum += squaredError.values()[row];
      }
      if (!Double.isFinite(sum)) {
        throw tape.nonFinite();
      }
    }
    return new Calibration(sum, count, pixels);
  }
}
