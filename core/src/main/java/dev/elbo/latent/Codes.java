package dev.elbo.latent;

/**
 * The approximate posteriors of images.
 *
 * @param mu [count, latent], image after image
 * @param logVar [count, latent]
 */
public record Codes(int count, int latentSize, float[] mu, float[] logVar) {

  /** KL(q(z|x) ‖ N(0, 1)) of each latent dimension, averaged over the images, in nats. */
  public double[] klPerDimension() {
    double[] kl = new double[latentSize];
    for (int i = 0; i < mu.length; i++) {
      double m = mu[i];
      double l = logVar[i];
      kl[i % latentSize] += 0.5 * (StrictMath.exp(l) + m * m - 1 - l);
    }
    for (int j = 0; j < latentSize; j++) {
      kl[j] /= count;
    }
    return kl;
  }

  /** The posterior mean of one image, [latent]. */
  public float[] mean(int image) {
    float[] mean = new float[latentSize];
    System.arraycopy(mu, image * latentSize, mean, 0, latentSize);
    return mean;
  }
}
