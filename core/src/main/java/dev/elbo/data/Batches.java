package dev.elbo.data;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.SparseRowSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The rows of a batch, out of a set of images in some order; bytes become floats in [0, 1] when they
 * are asked for.
 */
public final class Batches implements SparseRowSource {
  private static final int LEVELS = 256;
  private static final float[] INTENSITY = new float[LEVELS];

  static {
    for (int level = 0; level < LEVELS; level++) {
      INTENSITY[level] = level / 255f;
    }
  }

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Enough images to know what a data set is like. */
  private static final int SAMPLE = 1000;

  /** Below this share of non-zero pixels leaving zeros out pays; MNIST has 0.19. */
  private static final double SPARSE = 0.35;

  private final Images images;
  private final int[] order;
  private final boolean sparse;
  private int start;

  public Batches(Images images) {
    this.images = images;
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.sparse = nonZeroShare(images) < SPARSE;
  }

  private static double nonZeroShare(Images images) {
    int pixels = Math.min(SAMPLE, images.count()) * images.size();
    int nonZero = 0;
    for (int i = 0; i < pixels; i++) {
      nonZero += images.pixels()[i] == 0 ? 0 : 1;
    }
    return (double) nonZero / pixels;
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
  public boolean isSparse() {
    return sparse;
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

  @Override
  public int fill(int row, float[] values, int offset, int[] list, int listOffset) {
    int size = images.size();
    int from = image(row) * size;
    byte[] pixels = images.pixels();
    Arrays.fill(values, offset, offset + size, 0f);
    int at = listOffset;
    int j = 0;
    for (; j + 8 <= size; j += 8) {
      if ((long) EIGHT_BYTES.get(pixels, from + j) != 0) {
        for (int k = j; k < j + 8; k++) {
          at = put(pixels[from + k], k, values, offset, list, at);
        }
      }
    }
    for (; j < size; j++) {
      at = put(pixels[from + j], j, values, offset, list, at);
    }
    return at - listOffset;
  }

  /** Without a branch: what is written for a zero is overwritten by the next. */
  private static int put(
      byte pixel, int column, float[] values, int offset, int[] list, int at) {
    int level = pixel & 0xff;
    values[offset + column] = INTENSITY[level];
    list[at] = column;
    return at + (level + 255 >> 8);
  }
}
