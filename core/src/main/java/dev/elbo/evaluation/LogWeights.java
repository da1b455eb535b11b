package dev.elbo.evaluation;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Vae;
import dev.elbo.objective.Draws;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;

/** A model as far as its marginal likelihood is concerned: what its draws weigh. */
@FunctionalInterface
public interface LogWeights {
  /**
   * log w = log p(x, z) − log q(z|x) of k draws for each row, [rows·k], nats.
   *
   * @param x [rows, pixels]
   * @param q the approximate posterior of each row, [rows, latent]
   */
  Tensor of(Tensor x, DiagonalGaussian q, RowNoise eps, int k);

  static LogWeights of(Vae vae) {
    return (x, q, eps, k) -> Draws.of(vae, x, q, eps, k).logWeights(new Scalar(1));
  }
}
