package dev.elbo.evaluation;

import dev.elbo.latent.Codes;

/**
 * What each image of a set comes to under a model, in the order of the images.
 *
 * @param reconstruction −log p(x|z), z drawn once from q(z|x), nats, [images]
 * @param kl KL(q(z|x) ‖ p(z)), nats, [images]
 * @param mse per pixel, of the image decoded from the posterior mean, [images]
 * @param codes q(z|x)
 */
public record ImageFigures(double[] reconstruction, double[] kl, double[] mse, Codes codes) {

  static ImageFigures ofZeros(int count, int latent) {
    Codes codes = new Codes(count, latent, new float[count * latent], new float[count * latent]);
    return new ImageFigures(new double[count], new double[count], new double[count], codes);
  }
}
