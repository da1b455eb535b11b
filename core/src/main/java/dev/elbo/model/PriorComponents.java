package dev.elbo.model;

import dev.elbo.distribution.EqualMixture;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * The Gaussians that a VampPrior is made of, computed once, for as long as the weights stay.
 *
 * @param mu [count, latent]
 * @param logVar [count, latent]
 */
public record PriorComponents(int count, int latent, float[] mu, float[] logVar) {

  /** Of a model that has pseudo-inputs. */
  public static PriorComponents of(Vae vae, Kernels kernels) {
    Tape tape = new Tape(1, kernels, new Team(1));
    EqualMixture prior = vae.vampPrior(tape);
    tape.forward(1);
    int count = vae.config().prior().pseudoInputs();
    int latent = prior.mu().columns();
    return new PriorComponents(count, latent, rows(prior.mu(), count), rows(prior.logVar(), count));
  }

  private static float[] rows(Tensor tensor, int count) {
    float[] rows = new float[count * tensor.columns()];
    for (int k = 0; k < count; k++) {
      System.arraycopy(
          tensor.values(), k * tensor.stride(), rows, k * tensor.columns(), tensor.columns());
    }
    return rows;
  }

  /** The prior with these components, as constants of a tape. */
  EqualMixture on(Tape tape) {
    return new EqualMixture(
        tape.constant("prior, mu", count, latent, mu),
        tape.constant("prior, log-variance", count, latent, logVar));
  }
}
