package dev.elbo.latent;

/** Where latent codes to decode come from. */
public sealed interface Sampler permits Prior, MixtureSampler {
  /** z, [count, latent]; draw i of a seed is the same however many are asked for. */
  float[] sample(int count);
}
