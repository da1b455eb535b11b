package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/** p(x|z): what the decoder returns. */
public sealed interface Likelihood
    permits Bernoulli, Gaussian, CalibratedGaussian, PixelGaussian, ContinuousBernoulli {
  /** log p(x|z) summed over pixels, [rows], nats. */
  Tensor logProb(Tensor x);

  /** E[x|z], [rows, pixels], each in [0, 1]: the picture. */
  Tensor mean();
}
