package dev.elbo.latent;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Walks along one latent dimension at a time. */
public final class Traversal {
  private Traversal() {}

  /** The dimensions with the most nats, the most first; of equals the lower number. */
  public static List<Integer> mostActive(double[] nats, int count) {
    return IntStream.range(0, nats.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> -nats[j]))
        .limit(count)
        .toList();
  }

  /**
   * Codes [dimensions · steps, latent]: {@code base} with one dimension moved from −reach to +reach
   * deviations around its mean, a row of the grid for each dimension.
   */
  public static float[] grid(
      float[] base, List<Integer> dimensions, int steps, double reach, Spread spread) {
    float[] codes = new float[dimensions.size() * steps * base.length];
    int at = 0;
    for (int dimension : dimensions) {
      for (int i = 0; i < steps; i++) {
        System.arraycopy(base, 0, codes, at, base.length);
        double share = steps == 1 ? 0.5 : (double) i / (steps - 1);
        double deviations = reach * (2 * share - 1);
        codes[at + dimension] =
            (float) (spread.mean()[dimension] + deviations * spread.deviation()[dimension]);
        at += base.length;
      }
    }
    return codes;
  }
}
