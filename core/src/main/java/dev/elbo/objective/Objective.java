package dev.elbo.objective;

import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
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
}
