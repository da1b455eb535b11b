package dev.elbo.evaluation;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Vae;
import dev.elbo.objective.Draws;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/** A model as far as its marginal likelihood is concerned: what its draws weigh. */
@FunctionalInterface
public interface LogWeights {
  /**
   * log w = log p(x, z) − log q(z|x) of k draws for each row, [rows·k], nats.
   *
   * @param x [rows, pixels]
   * @param labelOfRow the class of a row's image, which a conditional model asks for
   * @param q the approximate posterior of each row, [rows, latent]
   */
  Tensor of(Tensor x, IntUnaryOperator labelOfRow, DiagonalGaussian q, RowNoise eps, int k);

  static LogWeights of(Vae vae) {
    return (x, labelOfRow, q, eps, k) ->
        Draws.of(vae.given(x.tape(), labelOfRow), x, q, eps, k).logWeights(new Scalar(1));
  }
}
