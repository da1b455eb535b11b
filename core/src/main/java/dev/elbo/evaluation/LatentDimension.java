package dev.elbo.evaluation;

/**
 * What a latent dimension does over a set of images.
 *
 * @param kl mean of KL(q(zⱼ|x) ‖ p(zⱼ)), nats per image
 * @param activity variance of the posterior mean over the images
 * @param mean of the aggregate posterior; 0 under the prior
 * @param variance of the aggregate posterior, that of the means and the mean of the variances; 1
 *     under the prior
 */
public record LatentDimension(int index, double kl, double activity, double mean, double variance) {
  /** A hundredth of a bit or so: nobody could tell its posterior from the prior. */
  private static final double NOTHING = 0.01;

  /** Whether it tells images apart: activity above 0.01 (Burda et al. 2015). */
  public boolean isActive() {
    return activity > TestBound.ACTIVE;
  }

  /** Whether its posterior is the prior for every image. */
  public boolean hasCollapsed() {
    return !isActive() && kl < NOTHING;
  }
}
