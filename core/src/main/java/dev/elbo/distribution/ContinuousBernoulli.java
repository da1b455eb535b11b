package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/**
 * Independent continuous Bernoullis on [0, 1], a pixel each, given by logits l: log p(x) = Σⱼ xⱼlⱼ
 * − ln((e^lⱼ − 1)/lⱼ), a true density of grey pixels, where the Bernoulli's cross-entropy is none
 * (Loaiza-Ganem and Cunningham 2019). In terms of λ = σ(l) it is ln C(λ) + x·ln λ + (1 − x)·ln(1 −
 * λ).
 *
 * @param logits [rows, pixels]
 */
public record ContinuousBernoulli(Tensor logits) implements Likelihood {
  @Override
  public Tensor logProb(Tensor x) {
    return logits.tape().continuousBernoulliLogProb("log p(x|z)", logits, x);
  }

  /** 1/(1 − e^(−l)) − 1/l, which is not σ(l). */
  @Override
  public Tensor mean() {
    return logits.tape().continuousBernoulliMean("mean output", logits);
  }
}
