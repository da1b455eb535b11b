package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise;
import java.util.Arrays;

/**
 * The aggregate posterior, the mean of q(z|x) over images: what codes of real images look like, and
 * where a decoder has learnt to make images. One draw an image is a sample of it; the spread of
 * each q(z|x) is in it, which the posterior means alone would leave out.
 *
 * @param active the dimensions whose posterior mean varies by more than 0.01 over the images
 *     (Burda, Grosse and Salakhutdinov 2015), ascending
 * @param draws one an image, their active dimensions alone
 * @param mean of each dimension, [latent]
 * @param deviation of each dimension, [latent]
 */
record AggregatePosterior(int[] active, Points draws, float[] mean, float[] deviation) {
  private static final double ACTIVE = 0.01;

  /** A deviation of zero would be no density; posteriors are never that narrow. */
  private static final double LEAST_VARIANCE = 1e-8;

  static AggregatePosterior of(Codes codes, Noise noise, Kernels kernels) {
    int latent = codes.latentSize();
    double[] first = new double[latent];
    double[] second = new double[latent];
    double[] within = new double[latent];
    for (int i = 0; i < codes.mu().length; i++) {
      double mu = codes.mu()[i];
      first[i % latent] += mu / codes.count();
      second[i % latent] += mu * mu / codes.count();
      within[i % latent] += StrictMath.exp(codes.logVar()[i]) / codes.count();
    }
    float[] mean = new float[latent];
    float[] deviation = new float[latent];
    int[] active = new int[latent];
    int actives = 0;
    for (int j = 0; j < latent; j++) {
      double between = second[j] - first[j] * first[j];
      mean[j] = (float) first[j];
      deviation[j] = (float) Math.sqrt(Math.max(LEAST_VARIANCE, between + within[j]));
      if (between > ACTIVE) {
        active[actives++] = j;
      }
    }
    active = Arrays.copyOf(active, actives);
    return new AggregatePosterior(active, draws(codes, active, noise, kernels), mean, deviation);
  }

  private static Points draws(Codes codes, int[] active, Noise noise, Kernels kernels) {
    int latent = codes.latentSize();
    Points draws = Points.of(codes.count(), active.length);
    float[] deviation = new float[codes.mu().length];
    float[] z = new float[deviation.length];
    for (int i = 0; i < codes.count(); i++) {
      kernels.normals(noise.at(i).key(), deviation, i * latent, latent);
      kernels.reparameterize(codes.mu(), codes.logVar(), deviation, z, i * latent, latent);
      for (int j = 0; j < active.length; j++) {
        draws.values()[i * draws.stride() + j] = z[i * latent + active[j]];
      }
    }
    return draws;
  }
}
