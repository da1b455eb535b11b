package dev.elbo.distribution;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.tensor.Tensor;

/**
 * Independent Bernoullis, a pixel each, given by logits l: log p(x) = Σⱼ xⱼlⱼ − ln(1 + e^lⱼ).
 * Working on logits keeps it exact where σ(l) rounds to 0 or 1.
 *
 * @param logits [rows, pixels]
 */
public record Bernoulli(Tensor logits) implements Likelihood {
  @Override
  public Tensor logProb(Tensor x) {
    return logits.tape().bernoulliLogProb("log p(x|z)", logits, x);
  }

  @Override
  public Tensor mean() {
    return logits.tape().apply("sigmoid output", ElementFunction.SIGMOID, logits);
  }
}
