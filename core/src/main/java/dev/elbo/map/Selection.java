package dev.elbo.map;

import dev.elbo.tensor.Noise;
import java.util.Arrays;

/** Which points of many a slow method takes. */
public final class Selection {
  private Selection() {}

  /** So many of the points 0 … all − 1, every set of them equally likely; ascending. */
  public static int[] of(int count, int all, long seed) {
    int[] order = new int[all];
    Arrays.setAll(order, i -> i);
    Noise noise = Noise.of(seed).at(Noise.Purpose.MAP).at(MapNoise.SELECTION.ordinal());
    int taken = Math.min(count, all);
    for (int i = 0; i < taken; i++) {
      int j = i + noise.below(all - i, i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int[] selected = Arrays.copyOf(order, taken);
    Arrays.sort(selected);
    return selected;
  }
}
