package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.tensor.Noise;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Handwriting-like digits, 28×28, ten classes, as many as wanted: strokes of a pen, varied by
 * chance and prepared as MNIST's are. Image i is a function of (seed, part, i) alone, to the byte.
 */
public final class PenDigits {
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;

  /** What an array of pixels can hold. */
  private static final int AT_ONCE = Integer.MAX_VALUE / PenRaster.SIZE;

  /** Disjoint streams of images. */
  public enum Part {
    TRAIN,
    TEST
  }

  private PenDigits() {}

  /** 60,000 training and 10,000 test images, as many as MNIST has. */
  public static DataSet dataSet(long seed) {
    Images train = images(seed, Part.TRAIN, 0, TRAIN);
    Images test = images(seed, Part.TEST, 0, TEST);
    return new DataSet(DataSets.PEN, train, test, ContentHash.of(train, test), "generated");
  }

  /** Images {@code from} to {@code from + count − 1} of an endless part, with their labels. */
  public static Images images(long seed, Part part, int from, int count) {
    if (from < 0 || count < 0 || count > AT_ONCE || from > Integer.MAX_VALUE - count) {
      throw new InputException(
          "pen digits: expected a first index of 0 or more and a count from 0 to "
              + AT_ONCE
              + " that ends below 2^31, found "
              + from
              + " and "
              + count
              + "; ask for fewer at once");
    }
    Noise noise = Noise.of(seed).at(Noise.Purpose.PEN_DIGITS).at(part.ordinal());
    byte[] pixels = new byte[count * PenRaster.SIZE];
    byte[] labels = new byte[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              PenDraws draws = new PenDraws(noise.at(from + i));
              int digit = draws.below(PenGlyphs.CLASSES);
              labels[i] = (byte) digit;
              PenRaster.draw(new PenHand(draws).write(digit), pixels, i * PenRaster.SIZE);
            });
    return new Images(count, PenRaster.SIDE, PenRaster.SIDE, pixels, Optional.of(labels));
  }
}
