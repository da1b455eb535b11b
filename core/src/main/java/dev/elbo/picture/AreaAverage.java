package dev.elbo.picture;

import java.util.Arrays;

/**
 * Resizing by area: a target pixel is the mean of the source area below it, edges counted by their
 * share. Keeps the mean of an image, and thin strokes grow faint instead of disappearing.
 */
final class AreaAverage {
  private AreaAverage() {}

  /** The whole source as {@code [height · width]}. */
  static double[] resize(GreyPixels source, int height, int width) {
    double down = (double) source.height / height;
    double across = (double) source.width / width;
    double[] sum = new double[height * width];
    double[] line = new double[width];
    for (int y = 0; y < source.height; y++) {
      shrinkLine(source, y, line, across);
      for (int row = first(y, down); row < height && row * down < y + 1; row++) {
        double share = overlap(y, row, down) / (down * across);
        for (int x = 0; x < width; x++) {
          sum[row * width + x] += share * line[x];
        }
      }
    }
    return sum;
  }

  /** Sums (not means) of one source line over each target column. */
  private static void shrinkLine(GreyPixels source, int y, double[] line, double across) {
    Arrays.fill(line, 0);
    for (int x = 0; x < source.width; x++) {
      double value = source.at(y, x);
      for (int c = first(x, across); c < line.length && c * across < x + 1; c++) {
        line[c] += overlap(x, c, across) * value;
      }
    }
  }

  /** A target index not behind the first that touches source pixel {@code at}. */
  private static int first(int at, double ratio) {
    return Math.max(0, (int) (at / ratio) - 1);
  }

  /** Length of source pixel {@code at} that target pixel {@code index} covers. */
  private static double overlap(int at, int index, double ratio) {
    double begin = Math.max(at, index * ratio);
    double end = Math.min(at + 1.0, (index + 1) * ratio);
    return Math.max(0, end - begin);
  }
}
