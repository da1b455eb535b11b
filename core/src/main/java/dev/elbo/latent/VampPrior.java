package dev.elbo.latent;

import dev.elbo.distribution.EqualMixture;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Tape;

/**
 * Draws from a VampPrior: one of the pseudo-inputs, then a code of its posterior, the deviation
 * multiplied by a temperature.
 */
record VampPrior(Vae vae, long seed, double temperature) implements Sampler {
  /** The address, below a draw's, of its component. */
  private static final int COMPONENT = 0;

  @Override
  public float[] sample(int first, int count, Kernels kernels) {
    Tape tape = new Tape(1, kernels, new Team(1));
    EqualMixture prior = vae.vampPrior(tape);
    tape.forward(1);
    int components = vae.config().prior().pseudoInputs();
    int latent = vae.config().latentSize();
    float[] mu = new float[components * latent];
    float[] logVar = new float[components * latent];
    Rows.copy(prior.mu(), components, mu, 0);
    Rows.copy(prior.logVar(), components, logVar, 0);

    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    float[] deviation = new float[latent];
    float[] z = new float[count * latent];
    float[] code = new float[latent];
    float[] mean = new float[latent];
    float[] spread = new float[latent];
    for (int i = 0; i < count; i++) {
      Noise draw = noise.at((long) first + i);
      int from = draw.at(COMPONENT).below(components, 0) * latent;
      System.arraycopy(mu, from, mean, 0, latent);
      System.arraycopy(logVar, from, spread, 0, latent);
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
