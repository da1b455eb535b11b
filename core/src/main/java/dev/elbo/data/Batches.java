package dev.elbo.data;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.SparseRowSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rows of a batch, out of a set of images in some order; bytes become floats in [0, 1] when
 * they are asked for.
 */
public final class Batches implements SparseRowSource {
  private static final int LEVELS = 256;
  private static final float[] INTENSITY = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      INTENSITY[level] = level / 255f;
    }
  }

  /**
   * Below this share of non-zero pixels zeros are left out; MNIST has 0.19. A listed term costs
   * about twice a term of a whole product, so a half would break even; this leaves a margin.
   */
  private static final double SPARSE = 0.35;

  private final Images images;
  private final int[] order;
  private final NonZeroPixels nonZeros;

  /** Null where pixels are what they are. */
  private final PixelDraws draws;

  private int start;

  public Batches(Images images) {
    this(images, Optional.empty());
  }

  /** Images whose pixels are drawn anew in each epoch. */
  Batches(Images images, Optional<PixelDraws> draws) {
    this.images = images;
    this.draws = draws.orElse(null);
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.nonZeros = NonZeroPixels.isBelow(SPARSE, images) ? NonZeroPixels.of(images) : null;
  }

  /** A permutation that depends on the noise alone (Fisher and Yates). */
  public void shuffle(Noise noise) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = noise.below(i + 1, i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** The epoch whose draws are taken: 1, 2, … */
  public void atEpoch(int epoch) {
    if (draws != null) {
      draws.atEpoch(epoch);
    }
  }

  /** Row 0 becomes the image at this place of the order. */
  public void startAt(int place) {
    start = place;
  }

  /** The index in the data set of the image in a row. */
  public int image(int row) {
    return order[start + row];
  }

  /** The class of the image in a row; there must be labels. */
  public int label(int row) {
    return images.label(image(row));
  }

  @Override
  public boolean isSparse() {
    return nonZeros != null;
  }

  @Override
  public void fill(int row, float[] values, int offset) {
    int size = images.size();
    int from = image(row) * size;
    byte[] pixels = images.pixels();
    if (draws != null) {
      long key = draws.key(image(row));
      long word = 0;
      for (int j = 0; j < size; j++) {
        word = (j & 1) == 0 ? PixelDraws.word(key, j >> 1) : word;
        values[offset + j] = PixelDraws.isOn(word, j, pixels[from + j] & 0xff) ? 1f : 0f;
      }
      return;
    }
    for (int j = 0; j < size; j++) {
      values[offset + j] = INTENSITY[pixels[from + j] & 0xff];
    }
  }

  @Override
  public int fill(int row, float[] values, int offset, int[] list, int listOffset) {
    int image = image(row);
    Arrays.fill(values, offset, offset + images.size(), 0f);
    int begin = nonZeros.start(image);
    int count = nonZeros.end(image) - begin;
    if (draws != null) {
      return fillDrawn(image, values, offset, list, listOffset);
    }
    for (int p = 0; p < count; p++) {
      int column = nonZeros.column(begin + p);
      list[listOffset + p] = column;
      values[offset + column] = INTENSITY[nonZeros.level(begin + p)];
    }
    return count;
  }

  /** As {@link #fill}, into a row of zeros; what is drawn as 0 is not listed. */
  private int fillDrawn(int image, float[] values, int offset, int[] list, int listOffset) {
    long key = draws.key(image);
    int pair = -1;
    long word = 0;
    int count = 0;
    for (int p = nonZeros.start(image); p < nonZeros.end(image); p++) {
      int column = nonZeros.column(p);
      if (column >> 1 != pair) {
        pair = column >> 1;
        word = PixelDraws.word(key, pair);
      }
      if (PixelDraws.isOn(word, column, nonZeros.level(p))) {
        list[listOffset + count++] = column;
        values[offset + column] = 1f;
      }
    }
    return count;
  }
}
