package dev.elbo.objective;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.distribution.StandardNormal;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * Free bits (Kingma et al. 2016, appendix C.8): E[log p(x|z)] − β·Σⱼ max(λ, KLⱼ), where KLⱼ is the
 * mean over the batch of the divergence of latent dimension j. A dimension is not pressed towards
 * the prior until it carries more than λ nats, so that none collapses for being useless at first.
 *
 * <p>As in the paper the maximum is taken of the mean over the batch, not of each image's own; each
 * dimension is a group of its own.
 *
 * @param lambda λ, nats a dimension, at least 0; at 0 this is {@link Elbo}
 */
public record FreeBits(double lambda, Scalar beta) implements Objective {
  private static final Scalar MINUS = new Scalar(-1);
  private static final Scalar ONE = new Scalar(1);

  public FreeBits {
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw new InputException(
          "free_bits: expected nats a dimension, at least 0, found %s; 0 is for none"
              .formatted(Numbers.text(lambda)));
    }
  }

  @Override
  public Bound of(Vae vae, Tensor x, RowNoise eps) {
    if (!vae.config().hasExactKl()) {
      throw new InputException(
          "free_bits: expected one stochastic layer under the prior normal, whose KL is known for each dimension, found %d under the prior %s; leave free_bits out"
              .formatted(vae.config().layers().size(), vae.config().prior().kind()));
    }
    Tape tape = x.tape();
    DiagonalGaussian q = vae.encode(x); // q(z|x), [rows, latent]
    Tensor logProb = vae.decode(q.sample(eps)).logProb(x); // [rows]
    Tensor each = q.klByDimension(StandardNormal.PRIOR); // [rows, latent]
    Tensor free = tape.freeNats("KL beyond the free", each, lambda); // [rows]

    Tensor reconstruction = tape.weightedSum("reconstruction", List.of(logProb), List.of(MINUS));
    Tensor loss = tape.weightedSum("loss", List.of(reconstruction, free), List.of(ONE, beta));
    return new Bound(reconstruction, q.klTo(StandardNormal.PRIOR), loss, q);
  }
}
