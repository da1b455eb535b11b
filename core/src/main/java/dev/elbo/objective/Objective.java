package dev.elbo.objective;

import dev.elbo.model.ObjectiveConfig;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;

/**
 * What training maximises: a lower bound on log p(x), or what stands in for one. Whichever it is,
 * the figures of its {@link Bound} are those of the evidence lower bound at β = 1.
 */
public sealed interface Objective
    permits Elbo, MultiSampleElbo, ImportanceWeighted, DoublyReparameterized, FreeBits {
  /**
   * @param x [rows, pixels]
   * @param eps the noise of each row's draws
   */
  Bound of(Vae vae, Tensor x, RowNoise eps);

  /**
   * The one that a configuration asks for.
   *
   * @param beta may change between steps
   */
  static Objective of(ObjectiveConfig config, Scalar beta) {
    int k = config.samples();
    return switch (config.kind()) {
      case IWAE -> new ImportanceWeighted(k, beta);
      case DREG -> new DoublyReparameterized(k, beta);
      case ELBO -> {
        if (config.freeBits() > 0) {
          yield new FreeBits(config.freeBits(), beta);
        }
        yield k == 1
            ? new Elbo(beta)
            : new MultiSampleElbo(k, MultiSampleElbo.Divergence.EXACT, beta);
      }
    };
  }
}
