package dev.elbo.distribution;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.tensor.Tensor;

/**
 * Independent N(meanⱼ, e^logVarⱼ), a pixel each, both from the decoder: log p(x) = −½ Σⱼ (ln 2π +
 * logVarⱼ + (xⱼ − meanⱼ)²·e^(−logVarⱼ)).
 *
 * @param mean [rows, pixels]
 * @param logVar [rows, pixels]
 */
public record PixelGaussian(Tensor mean, Tensor logVar) implements Likelihood {

  /** With the log-variance of a linear head, bounded smoothly by {@link ElementFunction#BOUND}. */
  public static PixelGaussian ofHeads(Tensor mean, Tensor logVarHead) {
    Tensor bounded =
        logVarHead.tape().apply("pixel log-variance", ElementFunction.BOUND, logVarHead);
    return new PixelGaussian(mean, bounded);
  }

  @Override
  public Tensor logProb(Tensor x) {
    return mean.tape().pixelGaussianLogProb("log p(x|z)", mean, logVar, x);
  }
}
