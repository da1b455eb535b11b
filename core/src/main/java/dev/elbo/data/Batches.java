package dev.elbo.data;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.RowSource;

/**
 * The rows of a batch, out of a set of images in some order; bytes become floats in [0, 1] when they
 * are asked for.
 */
public final class Batches implements RowSource {
  private static final int LEVELS = 256;
  private static final float[] INTENSITY = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      INTENSITY[level] = level / 255f;
    }
  }

  private final Images images;
  private final int[] order;
  private int start;

  public Batches(Images images) {
    this.images = images;
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
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

  /** Row 0 becomes the image at this place of the order. */
  public void startAt(int place) {
    start = place;
  }

  /** The index in the data set of the image in a row. */
  public int image(int row) {
    return order[start + row];
  }

  @Override
  public void fill(int row, float[] values, int offset) {
    int size = images.size();
    int from = image(row) * size;
    byte[] pixels = images.pixels();
    for (int j = 0; j < size; j++) {
      values[offset + j] = INTENSITY[pixels[from + j] & 0xff];
    }
  }
}
