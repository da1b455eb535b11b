package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.model.Vae;

/** Where latent codes z₁ to decode come from. */
public sealed interface Sampler permits Prior, LayeredPrior, VampPrior, MixtureSampler {
  /**
   * z, [count, latent]: the draws of a seed from number {@code first} on. Draw i is the same in
   * whatever stretch it is asked for.
   */
  float[] sample(int first, int count, Kernels kernels);

  default float[] sample(int count, Kernels kernels) {
    return sample(0, count, kernels);
  }

  default float[] sample(int count) {
    return sample(count, Kernels.best());
  }

  /** The model's own p(z₁), deviations multiplied by a temperature. */
  static Sampler prior(Vae vae, long seed, double temperature) {
    if (vae.pseudoInputs().isPresent()) {
      return new VampPrior(vae, seed, temperature);
    }
    return vae.config().layers().size() > 1
        ? new LayeredPrior(vae, seed, temperature)
        : new Prior(vae.config().latentSize(), seed, temperature);
  }
}
