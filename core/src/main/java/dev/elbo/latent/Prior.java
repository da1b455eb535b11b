package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise;

/** Draws from the prior p(z) = N(0, 1); draw i of a seed is the same however many are asked for. */
public record Prior(int latentSize, long seed) {

  /** z, [count, latent]. */
  public float[] sample(int count) {
    return sample(count, Kernels.best());
  }

  public float[] sample(int count, Kernels kernels) {
    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    float[] z = new float[count * latentSize];
    for (int i = 0; i < count; i++) {
      kernels.normals(noise.at(i).key(), z, i * latentSize, latentSize);
    }
    return z;
  }
}
