package dev.elbo.objective;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.distribution.Likelihood;
import dev.elbo.model.Latents;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * The evidence lower bound with a weight on its second term (Higgins et al. 2017): E[log p(x|z)] −
 * β·KL(q(z|x) ‖ p(z)), the expectation by one draw. At β = 1 it is a bound on log p(x).
 *
 * @param beta β; may change between steps
 */
public record Elbo(Scalar beta) implements Objective {
  private static final Scalar MINUS = new Scalar(-1);
  private static final Scalar ONE = new Scalar(1);

  @Override
  public Bound of(Vae vae, Tensor x, RowNoise eps) {
    DiagonalGaussian q = vae.encode(x); // q(z|x), [rows, latent]
    Latents z = vae.draw(q, 1, eps); // [rows, latent]
    Likelihood p = vae.decode(z.first()); // p(x|z), [rows, pixels]
    Tensor logProb = p.logProb(x); // [rows]
    Tensor kl = vae.exactKl(q).orElseGet(() -> sampledKl(z)); // [rows]

    // The one place where the sign is turned: what is maximised becomes a loss.
    Tensor reconstruction =
        x.tape().weightedSum("reconstruction", List.of(logProb), List.of(MINUS));
    Tensor loss = x.tape().weightedSum("loss", List.of(reconstruction, kl), List.of(ONE, beta));
    return new Bound(reconstruction, kl, loss, q);
  }

  /** log q(z|x) − log p(z) of the draw, where the KL has no closed form. */
  private static Tensor sampledKl(Latents z) {
    Tensor logPz = z.logPrior();
    Tensor logQz = z.logPosterior();
    return logPz.tape().weightedSum("sampled KL", List.of(logQz, logPz), List.of(ONE, MINUS));
  }
}
