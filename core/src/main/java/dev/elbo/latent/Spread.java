package dev.elbo.latent;

import dev.elbo.model.VaeConfig;
import java.util.Arrays;

/**
 * Where codes lie in each latent dimension, and what it tells of an image.
 *
 * @param mean [latent]
 * @param deviation [latent]
 * @param nats [latent], the mean over images of KL(q(zⱼ|x) ‖ N(mean, deviation²))
 */
public record Spread(double[] mean, double[] deviation, double[] nats) {

  /** By the standard normal where that is the prior, else by {@link #ofAggregate}. */
  public static Spread of(Codes codes, VaeConfig config) {
    if (!config.hasExactKl()) {
      return ofAggregate(codes);
    }
    double[] ones = new double[codes.latentSize()];
    Arrays.fill(ones, 1);
    return new Spread(new double[codes.latentSize()], ones, codes.klPerDimension());
  }

  /**
   * By the normal with the aggregate posterior's mean and variance, of all normals the one with the
   * least KL; the mutual information of image and code is no larger.
   */
  static Spread ofAggregate(Codes codes) {
    int latent = codes.latentSize();
    double[] first = new double[latent];
    double[] second = new double[latent];
    double[] within = new double[latent];
    double[] logVar = new double[latent];
    for (int i = 0; i < codes.mu().length; i++) {
      double mu = codes.mu()[i];
      double l = codes.logVar()[i];
      first[i % latent] += mu / codes.count();
      second[i % latent] += mu * mu / codes.count();
      within[i % latent] += StrictMath.exp(l) / codes.count();
      logVar[i % latent] += l / codes.count();
    }
    double[] deviation = new double[latent];
    double[] nats = new double[latent];
    for (int j = 0; j < latent; j++) {
      double variance = within[j] + Math.max(0, second[j] - first[j] * first[j]);
      deviation[j] = StrictMath.sqrt(variance);
      nats[j] = 0.5 * (StrictMath.log(variance) - logVar[j]);
    }
    return new Spread(first, deviation, nats);
  }
}
