package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/** N(0, 1) in every dimension: the prior p(z). */
public enum StandardNormal {
  PRIOR;

  /** log N(z; 0, 1), [rows], nats. */
  public Tensor logProb(Tensor z) {
    return z.tape().standardNormalLogDensity("log p(z)", z);
  }
}
