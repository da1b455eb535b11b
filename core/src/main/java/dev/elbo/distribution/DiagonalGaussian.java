package dev.elbo.distribution;

import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Tensor;

/**
 * N(mu, diag(e^logVar)).
 *
 * @param mu [rows, latent]
 * @param logVar [rows, latent]
 */
public record DiagonalGaussian(Tensor mu, Tensor logVar) {

  /**
   * z = mu + e^(logVar/2)·eps, [rows, latent]; gradients pass through (Kingma and Welling 2014).
   */
  public Tensor sample(RowNoise eps) {
    return mu.tape().reparameterize("z", mu, logVar, eps);
  }

  /** KL(this ‖ N(0, 1)) = ½ Σⱼ (e^logVarⱼ + muⱼ² − 1 − logVarⱼ), [rows], nats. */
  public Tensor klTo(StandardNormal prior) {
    return mu.tape().klToStandardNormal("KL", mu, logVar);
  }
}
