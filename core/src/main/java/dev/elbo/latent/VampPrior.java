package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.model.PriorComponents;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;

/**
 * Draws from a VampPrior: one of the pseudo-inputs, then a code of its posterior, the deviation
 * multiplied by a temperature.
 */
record VampPrior(Vae vae, long seed, double temperature) implements Sampler {
  /** The address, below a draw's, of its component. */
  private static final int COMPONENT = 0;

  @Override
  public float[] sample(int first, int count, Kernels kernels) {
    PriorComponents prior = PriorComponents.of(vae, kernels);
    int latent = prior.latent();
    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    float[] deviation = new float[latent];
    float[] z = new float[count * latent];
    float[] code = new float[latent];
    float[] mean = new float[latent];
    float[] spread = new float[latent];
    for (int i = 0; i < count; i++) {
      Noise draw = noise.at((long) first + i);
      int from = draw.at(COMPONENT).below(prior.count(), 0) * latent;
      System.arraycopy(prior.mu(), from, mean, 0, latent);
      System.arraycopy(prior.logVar(), from, spread, 0, latent);
      kernels.normals(draw.key(), deviation, 0, latent);
      for (int j = 0; j < latent; j++) {
        deviation[j] *= (float) temperature;
      }
      kernels.reparameterize(mean, spread, deviation, code, 0, latent);
      System.arraycopy(code, 0, z, i * latent, latent);
    }
    return z;
  }
}
