package dev.elbo.evaluation;

import dev.elbo.data.Batches;
import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The log-weights of one image's draws, some dozens at a time, from a posterior that was computed
 * before. Buffers are those of one image, so that they stay in the second-level cache from one
 * operation to the next. For one thread.
 */
final class ImageDraws {
  private final int draws;
  private final Tape tape;
  private final PosteriorNoise noise;
  private final Tensor logWeights;
  private int image;

  /**
   * @param images in the order of the data set
   * @param draws at a time
   */
  ImageDraws(
      LogWeights model, Batches images, int size, Codes codes, long seed, int draws, Kernels k) {
    this.draws = draws;
    tape = new Tape(1, k, new Team(1));
    int latent = codes.latentSize();
    Tensor x = tape.input("x", size, (row, values, at) -> images.fill(image, values, at));
    Tensor mu =
        tape.input(
            "mu",
            latent,
            (row, values, at) -> System.arraycopy(codes.mu(), image * latent, values, at, latent));
    Tensor logVar =
        tape.input(
            "log-variance",
            latent,
            (row, values, at) ->
                System.arraycopy(codes.logVar(), image * latent, values, at, latent));
    noise = new PosteriorNoise(seed, row -> image);
    logWeights =
        model.of(x, row -> images.label(image), new DiagonalGaussian(mu, logVar), noise, draws);
  }

  int draws() {
    return draws;
  }

  /**
   * @param first the number of the first draw of this image
   * @return log w of {@link #draws} of them, overwritten by the next call
   */
  float[] of(int ofImage, int first) {
    image = ofImage;
    noise.fromSample(first);
    tape.forward(1);
    return logWeights.values();
  }

  /** Names the first value of the last draws that is not finite, for whoever met one. */
  NonFiniteException nonFinite() {
    return tape.nonFinite();
  }
}
