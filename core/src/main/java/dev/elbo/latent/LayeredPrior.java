package dev.elbo.latent;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LayerSizes;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * Draws of z₁ from a prior of several stochastic layers: z_L ~ N(0, 1), then z_{l−1} ~
 * p(z_{l−1}|z_l), every deviation multiplied by a temperature.
 */
record LayeredPrior(Vae vae, long seed, double temperature) implements Sampler {
  private static final int ROWS = 128;

  @Override
  public float[] sample(int first, int count, Kernels kernels) {
    List<LayerSizes> layers = vae.config().layers();
    int top = layers.size() - 1;
    float[] z =
        new Prior(layers.get(top).latent(), seed, temperature).sample(first, count, kernels);
    for (int l = top; l > 0; l--) {
      z = down(l, z, first, count, kernels);
    }
    return z;
  }

  /** A draw of layer {@code l} for each of the layer above. */
  private float[] down(int l, float[] above, int first, int count, Kernels kernels) {
    int size = vae.config().layers().get(l).latent();
    int[] start = {0};
    Tape tape = new Tape(ROWS, kernels, new Team(1));
    Tensor z =
        tape.input(
            "z",
            size,
            (row, values, offset) ->
                System.arraycopy(above, (start[0] + row) * size, values, offset, size));
    DiagonalGaussian p = vae.below(l, z);
    int columns = p.mu().columns();
    float[] mu = new float[count * columns];
    float[] logVar = new float[count * columns];
    for (; start[0] < count; start[0] += ROWS) {
      int rows = Math.min(ROWS, count - start[0]);
      tape.forward(rows);
      Rows.copy(p.mu(), rows, mu, start[0]);
      Rows.copy(p.logVar(), rows, logVar, start[0]);
    }
    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    float[] deviation = new float[mu.length];
    float[] below = new float[mu.length];
    for (int i = 0; i < count; i++) {
      int at = i * columns;
      kernels.normals(noise.at((long) first + i).at(l).key(), deviation, at, columns);
      for (int j = at; j < at + columns; j++) {
        deviation[j] *= (float) temperature;
      }
      kernels.reparameterize(mu, logVar, deviation, below, at, columns);
    }
    return below;
  }
}
