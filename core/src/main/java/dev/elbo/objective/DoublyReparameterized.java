package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.model.Latents;
import dev.elbo.model.Vae;
import dev.elbo.tensor.GradientScale;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;

/**
 * The {@link ImportanceWeighted} bound with the doubly reparameterised gradient (DReG; Tucker et
 * al. 2018). The decoder's gradient is the same; the encoder's is Σᵢ w̃ᵢ²·∂log wᵢ/∂zᵢ·∂zᵢ/∂φ with
 * w̃ᵢ = wᵢ/Σⱼ wⱼ, of the same mean and, where k is large, of a much smaller variance.
 *
 * <p>With a weight β in log w the same derivation gives the factor (1 − β)·w̃ᵢ + β·w̃ᵢ².
 */
public record DoublyReparameterized(int k, Scalar beta) implements Objective {
  public DoublyReparameterized {
    SampleCount.require(k);
  }

  @Override
  public Bound of(Vae vae, Tensor x, RowNoise eps) {
    DiagonalGaussian q = vae.encode(x); // q(z|x), [rows, latent]
    // On its way back a draw's gradient, already weighted by w̃, is multiplied by w̃ once more; and
    // φ in the density of q is a constant, so that it acts through z alone.
    GradientScale scale = new GradientScale();
    Latents z = vae.draw(q, k, eps).throughDrawsAlone(scale); // [rows·k, latent]
    Draws draws = Draws.of(vae, x, z, k); // [rows·k]
    Tensor logW = draws.logWeights(beta); // [rows·k]
    scale.by(x.tape().normalizedWeights("w̃", logW, k), beta);
    Tensor bound = x.tape().logMeanExp("log mean w", logW, k); // [rows]
    return draws.bound(bound, vae, q);
  }
}
