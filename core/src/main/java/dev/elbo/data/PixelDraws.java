package dev.elbo.data;

import dev.elbo.tensor.Noise;

/**
 * Bernoulli draws of pixels, addressed by seed, part of the data, epoch, image and pixel. A draw
 * compares integers, 32 random bits times 255 with the level times 2³²: level 0 is never drawn, 255
 * always, and the others with probability level/255 to within 2⁻³².
 */
final class PixelDraws {
  /** Disjoint streams. The order is part of the format. */
  enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** The epoch of draws that never change; those of a training count from 1. */
  private static final int FIXED = 0;

  private static final int FULL = 255;
  private static final long HALF_WORD = 0xffffffffL;

  private final Noise part;
  private volatile Noise epoch;

  PixelDraws(long seed, Part part) {
    this.part = Noise.of(seed).at(Noise.Purpose.BINARIZATION).at(part.ordinal());
    atEpoch(FIXED);
  }

  void atEpoch(int number) {
    epoch = part.at(number);
  }

  /** The key of an image's draws. */
  long key(int image) {
    return epoch.keyAt(image);
  }

  /** The random bits of pixels 2·pair and 2·pair + 1 of an image. */
  static long word(long key, int pair) {
    return new Noise(key).word(pair);
  }

  /**
   * @param word that of the pixel's pair
   */
  static boolean isOn(long word, int pixel, int level) {
    long half = (pixel & 1) == 0 ? word & HALF_WORD : word >>> Integer.SIZE;
    return half * FULL < (long) level << Integer.SIZE;
  }
}
