package dev.elbo.evaluation;

/**
 * What a model reaches on a set of images.
 *
 * @param reconstruction mean of −log p(x|z), z drawn once from q(z|x), nats per image
 * @param kl mean of KL(q(z|x) ‖ p(z)), nats per image; where it has no closed form, of log q(z|x) −
 *     log p(z) of the same draw
 * @param mse mean squared error per pixel of the image decoded from the posterior mean
 * @param activeUnits latent dimensions of the first stochastic layer whose posterior mean varies
 *     over the images by more than 0.01 (Burda et al. 2015)
 */
public record TestFigures(double reconstruction, double kl, double mse, int activeUnits) {

  /** −reconstruction − kl: the evidence lower bound at β = 1, nats per image. */
  public double elbo() {
    return -reconstruction - kl;
  }

  /** reconstruction + β·kl, what training lowers. */
  public double loss(double beta) {
    return reconstruction + beta * kl;
  }
}
