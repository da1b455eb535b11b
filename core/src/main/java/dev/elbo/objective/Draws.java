package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Latents;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * What k draws of z ~ q(z|x) cost, for each image one after another, in nats. The log-weight of a
 * draw is log w = log p(x, z) − log q(z|x) = −reconstruction − divergence.
 *
 * @param reconstruction −log p(x|z), [rows·k]
 * @param divergence log q(z|x) − log p(z), [rows·k]; its mean over draws is the KL
 */
public record Draws(int k, Tensor reconstruction, Tensor divergence) {
  private static final Scalar MINUS = new Scalar(-1);
  private static final Scalar ONE = new Scalar(1);

  /** k draws of each row of x [rows, pixels]. */
  public static Draws of(Vae vae, Tensor x, DiagonalGaussian q, RowNoise eps, int k) {
    return of(vae, x, vae.draw(q, k, eps), k);
  }

  /** k draws of each row of x [rows, pixels], as they are. */
  static Draws of(Vae vae, Tensor x, Latents z, int k) {
    Tape tape = x.tape();
    Tensor logPx = vae.decode(z.first()).logProb(tape.repeatRows("x", x, k)); // [rows·k]
    Tensor logPz = z.logPrior(); // [rows·k]
    Tensor logQz = z.logPosterior(); // [rows·k]
    Tensor reconstruction = tape.weightedSum("−log p(x|z)", List.of(logPx), List.of(MINUS));
    Tensor divergence =
        tape.weightedSum("log q(z|x) − log p(z)", List.of(logQz, logPz), List.of(ONE, MINUS));
    return new Draws(k, reconstruction, divergence);
  }

  /** log w with a weight on the divergence, log p(x|z) + β·(log p(z) − log q(z|x)), [rows·k]. */
  public Tensor logWeights(Scalar beta) {
    Tape tape = reconstruction.tape();
    Tensor cost =
        tape.weightedSum("−log w", List.of(reconstruction, divergence), List.of(ONE, beta));
    return tape.weightedSum("log w", List.of(cost), List.of(MINUS));
  }

  /** KL(q(z|x) ‖ p(z)), [rows]: in closed form where there is one, else the mean over the draws. */
  Tensor kl(Vae vae, DiagonalGaussian q) {
    return vae.exactKl(q)
        .orElseGet(() -> divergence.tape().meanOfSamples("sampled KL", divergence, k));
  }

  /**
   * The bound whose loss this is.
   *
   * @param maximised [rows]
   */
  Bound bound(Tensor maximised, Vae vae, DiagonalGaussian q) {
    Tape tape = maximised.tape();
    Tensor kl = kl(vae, q); // [rows], reported
    Tensor loss = tape.weightedSum("loss", List.of(maximised), List.of(MINUS)); // [rows]
    return new Bound(tape.meanOfSamples("reconstruction", reconstruction, k), kl, loss, q);
  }
}
