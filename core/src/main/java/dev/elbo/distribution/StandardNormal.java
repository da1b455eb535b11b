package dev.elbo.distribution;

/** N(0, 1) in every dimension: the prior p(z). */
public enum StandardNormal {
  PRIOR
}
