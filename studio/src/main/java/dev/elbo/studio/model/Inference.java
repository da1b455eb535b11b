package dev.elbo.studio.model;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.model.Vae;
import dev.elbo.objective.Bound;
import dev.elbo.objective.Elbo;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * A model's arithmetic on rows that came in requests: each batch is one product of matrices a
 * layer, some hundred rows at once. A row's bits depend on that row alone. For one thread at a
 * time.
 */
final class Inference {
  private static final int ROWS = 128;

  private final int pixels;
  private final int latent;
  private final boolean conditional;
  private final Encoder encoder;
  private final Decoder decoder;
  private final Tape tape;
  private final Bound bound;
  private Rows rows;
  private int start;

  /** In the thread that asks. */
  Inference(Vae vae, long seed, Kernels kernels) {
    this(vae, seed, kernels, new Team(1), ROWS);
  }

  /**
   * @param team the threads it computes with
   * @param most rows at once
   */
  Inference(Vae vae, long seed, Kernels kernels, Team team, int most) {
    pixels = vae.config().inputSize();
    latent = vae.config().latentSize();
    conditional = vae.config().labels().conditional();
    encoder = new Encoder(vae, kernels, team, most);
    decoder = new Decoder(vae, kernels, team, most);
    tape = new Tape(most, kernels, team);
    Tensor x =
        tape.input(
            "x",
            pixels,
            (row, to, at) ->
                System.arraycopy(rows.values(), (start + row) * pixels, to, at, pixels));
    // Every image gets the draw of image 0, so that a score does not depend on its company.
    PosteriorNoise noise = new PosteriorNoise(seed, row -> 0);
    bound = new Elbo(new Scalar(1)).of(vae.given(tape, row -> rows.label(start + row)), x, noise);
  }

  /** q(z₁|x) of images. */
  Codes encode(Rows images) {
    return encoder.encode(
        (row, to, at) -> System.arraycopy(images.values(), row * pixels, to, at, pixels),
        images::label,
        images.count());
  }

  /** E[x|z₁] of codes, [count, pixels]. */
  float[] decode(Rows codes) {
    return conditional
        ? decoder.decode(codes.values(), codes::label)
        : decoder.decode(codes.values());
  }

  /** Images decoded from the means of their posteriors, [count, pixels]. */
  float[] reconstruct(Rows images) {
    return decode(new Rows(images.count(), encode(images).mu(), images.labels()));
  }

  Scores score(Rows images) {
    rows = images;
    int count = images.count();
    double[] reconstruction = new double[count];
    double[] kl = new double[count];
    float[] mu = new float[count * latent];
    float[] logVar = new float[count * latent];
    for (start = 0; start < count; start += tape.capacity()) {
      int here = Math.min(tape.capacity(), count - start);
      tape.forward(here);
      for (int row = 0; row < here; row++) {
        reconstruction[start + row] = bound.reconstruction().values()[row];
        kl[start + row] = bound.kl().values()[row];
        copy(bound.q().mu(), row, mu);
        copy(bound.q().logVar(), row, logVar);
      }
    }
    rows = null;
    return new Scores(reconstruction, kl, new Codes(count, latent, mu, logVar));
  }

  private void copy(Tensor from, int row, float[] to) {
    System.arraycopy(from.values(), row * from.stride(), to, (start + row) * latent, latent);
  }
}
