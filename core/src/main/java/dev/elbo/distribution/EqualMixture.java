package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/**
 * K Gaussians of equal weight: (1/K) Σₖ N(muₖ, diag(e^logVarₖ)).
 *
 * @param mu [K in all, latent]
 * @param logVar [K in all, latent]
 */
public record EqualMixture(Tensor mu, Tensor logVar) {

  /** log p(z), [rows], nats. */
  public Tensor logProb(Tensor z) {
    return z.tape().mixtureLogDensity("log p(z)", z, mu, logVar);
  }
}
