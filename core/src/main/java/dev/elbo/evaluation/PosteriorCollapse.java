package dev.elbo.evaluation;

import dev.elbo.Numbers;
import dev.elbo.model.Config;
import dev.elbo.model.ObjectiveConfig;
import dev.elbo.model.ObjectiveKind;
import java.util.ArrayList;
import java.util.List;

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
    ObjectiveConfig objective = config.objective();
    List<String> ways = new ArrayList<>();
    ways.add("lower --beta (it is %s)".formatted(asGiven(config.beta())));
    ways.add(
        objective.klWarmup() == 0
            ? "let it rise slowly (--kl-warmup 10)"
            : "let it rise more slowly (--kl-warmup is %s)"
                .formatted(asGiven(objective.klWarmup())));
    if (objective.freeBits() > 0) {
      ways.add("give more free bits (--free-bits is %s)".formatted(asGiven(objective.freeBits())));
    } else if (objective.kind() == ObjectiveKind.ELBO && objective.samples() == 1) {
      ways.add("give each dimension free bits (--free-bits 0.1)");
    }
    String last = ways.remove(ways.size() - 1);
    return String.join(", ", ways) + (ways.size() > 1 ? "," : "") + " or " + last;
  }

  /** As people write it: 4, 0.784. */
  private static String asGiven(double x) {
    String text = Numbers.text(Double.parseDouble(Numbers.fixed(x, 6)));
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
