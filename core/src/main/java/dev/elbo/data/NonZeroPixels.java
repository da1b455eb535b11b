package dev.elbo.data;

/**
 * The pixels of images that are not zero: column and level of each, one image after another. Close
 * together, since a batch of images from all over a data set is read at the speed of memory.
 */
final class NonZeroPixels {
  /** Larger images would not fit a char. */
  private static final int LARGEST_IMAGE = 1 << Character.SIZE;

  private final int[] starts;
  private final char[] columns;
  private final byte[] levels;

  private NonZeroPixels(int[] starts, char[] columns, byte[] levels) {
    this.starts = starts;
    this.columns = columns;
    this.levels = levels;
  }

  /** Enough images to know what a data set is like. */
  private static final int SAMPLE = 1000;

  /** Whether less than this share of the first images' pixels is not zero. */
  static boolean isBelow(double share, Images images) {
    int pixels = Math.min(SAMPLE, images.count()) * images.size();
    int nonZero = 0;
    for (int i = 0; i < pixels; i++) {
      nonZero += images.pixels()[i] == 0 ? 0 : 1;
    }
    return images.size() <= LARGEST_IMAGE && nonZero < share * pixels;
  }

  static NonZeroPixels of(Images images) {
    byte[] pixels = images.pixels();
    int total = 0;
    for (byte pixel : pixels) {
      total += pixel == 0 ? 0 : 1;
    }
    int[] starts = new int[images.count() + 1];
    char[] columns = new char[total + 1];
    byte[] levels = new byte[total + 1];
    int size = images.size();
    int at = 0;
    for (int image = 0; image < images.count(); image++) {
      starts[image] = at;
      for (int j = 0; j < size; j++) {
        // Without a branch: what is written for a zero is overwritten by the next.
        columns[at] = (char) j;
        levels[at] = pixels[image * size + j];
        at += pixels[image * size + j] == 0 ? 0 : 1;
      }
    }
    starts[images.count()] = at;
    return new NonZeroPixels(starts, columns, levels);
  }

  int start(int image) {
    return starts[image];
  }

  int end(int image) {
    return starts[image + 1];
  }

  int column(int at) {
    return columns[at];
  }

  /** 1 … 255. */
  int level(int at) {
    return levels[at] & 0xff;
  }
}
