package dev.elbo.latent;

/**
 * The Gaussians of a mixture while it is fitted, in double.
 *
 * @param weights [components]; they add up to 1
 * @param means [components][columns]
 * @param factors [components][columns · columns], Cholesky factors of the covariances
 */
record Components(double[] weights, double[][] means, double[][] factors) {
  int count() {
    return weights.length;
  }

  int columns() {
    return means[0].length;
  }
}
