package dev.elbo.map;

import java.util.Random;

/** Points for tests. */
final class Clouds {
  private Clouds() {}

  /** Standard normal in every dimension. */
  static Cloud gaussian(int count, int dimensions, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * dimensions];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) random.nextGaussian();
    }
    return new Cloud(count, dimensions, values);
  }

  /** Point i belongs to group i mod groups, whose centre is so far out on an axis of its own. */
  static Cloud groups(int count, int dimensions, int groups, float distance, long seed) {
    float[] values = gaussian(count, dimensions, seed).values();
    for (int i = 0; i < count; i++) {
      values[i * dimensions + i % groups] += distance;
    }
    return new Cloud(count, dimensions, values);
  }
}
