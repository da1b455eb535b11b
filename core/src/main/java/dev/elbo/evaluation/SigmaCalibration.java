package dev.elbo.evaluation;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
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
 * posterior, the same draw as in {@link TestBound}; the sum runs over the images in order, in
 * double.
 */
public final class SigmaCalibration {
  private static final int ROWS = 256;

  private SigmaCalibration() {}

  /**
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public static Calibration of(Vae vae, Images images, long seed, Kernels kernels, Team team) {
    Batches batches = new Batches(images);
    Tape tape = new Tape(Math.min(ROWS, images.count()), kernels, team);
    Tensor x = tape.input("x", images.size(), batches);
    PosteriorNoise noise = new PosteriorNoise(seed, batches::image);
    noise.atStep(PosteriorNoise.TEST);
    Vae given = vae.given(tape, batches::label);
    DiagonalGaussian q = given.encode(x);
    Tensor mean = given.decode(q.sample(noise)).mean(); // [rows, pixels]
    Tensor squaredError = tape.squaredError("squared error", mean, x); // [rows]
    double sum = 0;
    for (int start = 0; start < images.count(); start += tape.capacity()) {
      int rows = Math.min(tape.capacity(), images.count() - start);
      batches.startAt(start);
      tape.forward(rows);
      for (int row = 0; row < rows; row++) {
        sum += squaredError.values()[row];
      }
      if (!Double.isFinite(sum)) {
        throw tape.nonFinite();
      }
    }
    return new Calibration(sum, images.count(), images.size());
  }
}
