package dev.elbo.data;

import dev.elbo.tensor.Noise;

/** The random numbers of one image, taken in order: draw k is word k of the image's noise. */
final class PenDraws {
  private static final int QUARTER = 0xffff;

  /** Of the sum of four uniform integers below 2¹⁶: √(4 · (2³² − 1) / 12). */
  private static final double DEVIATION = Math.sqrt((0x1p32 - 1) / 3);

  private final Noise noise;
  private int next;

  PenDraws(Noise noise) {
    this.noise = noise;
  }

  int below(int bound) {
    return noise.below(bound, next++);
  }

  double between(double low, double high) {
    return low + (high - low) * noise.uniform(next++);
  }

  /** Mean 0, deviation 1, bell-shaped, never beyond ±3.47: the quarters of a word, summed. */
  double bell() {
    long word = noise.word(next++);
    long sum = (word & QUARTER) + (word >>> 16 & QUARTER) + (word >>> 32 & QUARTER) + (word >>> 48);
    return (sum - 2.0 * QUARTER) / DEVIATION;
  }
}
