package dev.elbo.evaluation;

import dev.elbo.Numbers;
import dev.elbo.model.Config;

/**
 * Whether a model has stopped to use its latent variables, as the KL presses it to (Bowman et al.
 * 2016), and what helps. Some unused dimensions are no collapse: the KL prunes what does not pay.
 */
public final class PosteriorCollapse {
  /** Fewer than a tenth of the dimensions, with less than a nat in all, tell hardly anything. */
  private static final int FEW = 10;

  private static final double LITTLE = 1;

  private PosteriorCollapse() {}

  /**
   * @param kl of all dimensions, nats per image
   */
  public static boolean isSeenIn(int activeUnits, int latentSize, double kl) {
    return activeUnits == 0 || (activeUnits * FEW < latentSize && kl < LITTLE);
  }

  /** What to change, as the end of a sentence. */
  public static String remedy(Config config) {
    double warmUp = config.objective().klWarmup();
    return "lower --beta (it is %s), %s, or leave each dimension some free bits"
        .formatted(
            Numbers.text(Double.parseDouble(Numbers.fixed(config.beta(), 6))),
            warmUp == 0
                ? "let it rise slowly (--kl-warmup 10)"
                : "let it rise more slowly (--kl-warmup is %s)".formatted(Numbers.text(warmUp)));
  }
}
