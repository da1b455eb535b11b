package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise;

/**
 * Draws from the prior p(z) = N(0, 1), its deviations multiplied by a temperature: below 1 they
 * stay nearer to the middle.
 */
public record Prior(int latentSize, long seed, double temperature) implements Sampler {

  public Prior(int latentSize, long seed) {
    this(latentSize, seed, 1);
  }

  @Override
  public float[] sample(int first, int count, Kernels kernels) {
    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    float[] z = new float[count * latentSize];
    for (int i = 0; i < count; i++) {
      kernels.normals(noise.at((long) first + i).key(), z, i * latentSize, latentSize);
    }
    for (int j = 0; j < z.length; j++) {
      z[j] *= (float) temperature;
    }
    return z;
  }
}
