package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * The evidence lower bound with its expectation by the mean of k draws: the same bound as {@link
 * Elbo}, with less noise in the gradient.
 *
 * @param divergence whether the KL is exact, or the mean over the same draws
 * @param beta the weight of the divergence; 1 for a bound
 */
public record MultiSampleElbo(int k, Divergence divergence, Scalar beta) implements Objective {
  /** How KL(q(z|x) ‖ p(z)) enters. */
  public enum Divergence {
    /** In closed form, where the model has one. */
    EXACT,
    /** (1/k) Σᵢ log q(zᵢ|x) − log p(zᵢ). */
    SAMPLED
  }

  public MultiSampleElbo {
    SampleCount.require(k);
  }

  @Override
  public Bound of(Vae vae, Tensor x, RowNoise eps) {
    Tape tape = x.tape();
    DiagonalGaussian q = vae.encode(x); // q(z|x), [rows, latent]
    Draws draws = Draws.of(vae, x, q, eps, k); // [rows·k]
    if (divergence == Divergence.SAMPLED) {
      Tensor bound = tape.meanOfSamples("mean log w", draws.logWeights(beta), k); // [rows]
      return draws.bound(bound, vae, q);
    }
    Tensor kl = draws.kl(vae, q); // [rows]
    Tensor reconstruction = tape.meanOfSamples("reconstruction", draws.reconstruction(), k);
    Tensor loss =
        tape.weightedSum("loss", List.of(reconstruction, kl), List.of(new Scalar(1), beta));
    return new Bound(reconstruction, kl, loss, q);
  }
}
