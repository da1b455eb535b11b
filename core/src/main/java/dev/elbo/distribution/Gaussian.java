package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/**
 * Independent N(mean, σ²), a pixel each, with one fixed σ: log p(x) = −½ Σⱼ ((xⱼ − meanⱼ)²/σ² +
 * ln(2πσ²)).
 *
 * @param mean [rows, pixels]
 */
public record Gaussian(Tensor mean, double sigma) implements Likelihood {
  @Override
  public Tensor logProb(Tensor x) {
    return mean.tape().gaussianLogProb("log p(x|z)", mean, x, sigma);
  }
}
