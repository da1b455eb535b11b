package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;

/**
 * The importance-weighted bound (Burda, Grosse and Salakhutdinov 2015): E[log (1/k) Σᵢ wᵢ] with wᵢ
 * = p(x, zᵢ)/q(zᵢ|x) of k draws. It grows with k towards log p(x); at k = 1 it is the evidence
 * lower bound with both terms by one draw.
 *
 * @param beta the weight of log p(z) − log q(z|x) in log w, for warming up; 1 for a bound
 */
public record ImportanceWeighted(int k, Scalar beta) implements Objective {
  public ImportanceWeighted {
    SampleCount.require(k);
  }

  @Override
  public Bound of(Vae vae, Tensor x, RowNoise eps) {
    DiagonalGaussian q = vae.encode(x); // q(z|x), [rows, latent]
    Draws draws = Draws.of(vae, x, q, eps, k); // [rows·k]
    Tensor logW = draws.logWeights(beta); // [rows·k]
    Tensor bound = x.tape().logMeanExp("log mean w", logW, k); // [rows]
    return draws.bound(bound, vae, q);
  }
}
