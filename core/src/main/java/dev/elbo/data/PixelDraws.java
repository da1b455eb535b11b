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

  private final Noise part;
  private volatile Noise epoch;

  PixelDraws(long seed, Part part) {
    this.part = Noise.of(seed).at(Noise.Purpose.BINARIZATION).at(part.ordinal());
    atEpoch(FIXED);
  }

  void atEpoch(int number) {
    epoch = part.at(number);
  }

  OfImage image(int index) {
    return new OfImage(epoch.at(index));
  }

  /** The draws of one image, pixels in ascending order: two neighbours share a word of noise. */
  static final class OfImage {
    private static final int FULL = 255;
    private static final long HALF_WORD = 0xffffffffL;

    private final Noise noise;
    private int pair = -1;
    private long word;

    private OfImage(Noise noise) {
      this.noise = noise;
    }

    boolean isOn(int pixel, int level) {
      if (level == 0 || level == FULL) {
        return level == FULL;
      }
      if (pixel >> 1 != pair) {
        pair = pixel >> 1;
        word = noise.word(pair);
      }
      long half = (pixel & 1) == 0 ? word & HALF_WORD : word >>> Integer.SIZE;
      return half * FULL < (long) level << Integer.SIZE;
    }
  }
}
