package dev.elbo.latent;

import dev.elbo.kernel.Kernels;

/** Where latent codes to decode come from. */
public sealed interface Sampler permits Prior, MixtureSampler {
  /** z, [count, latent]; draw i of a seed is the same however many are asked for. */
  float[] sample(int count, Kernels kernels);

  default float[] sample(int count) {
    return sample(count, Kernels.best());
  }
}
