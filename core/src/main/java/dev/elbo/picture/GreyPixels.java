package dev.elbo.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/**
 * A decoded image read as grey in [0, 1]: luma of ITU-R BT.601 (0.299, 0.587, 0.114), as most tools
 * take it. Transparent pixels are laid over white when what is visible is dark, else over black, so
 * that ink on a transparent page never vanishes.
 */
final class GreyPixels {
  final int height;
  final int width;
  private final BufferedImage image;
  private final Raster raster;
  private final boolean grey;
  private final boolean hasAlpha;
  private final double largest;
  private final double page;
  private final int top;
  private final int left;

  GreyPixels(BufferedImage image) {
    this.image = image;
    top = 0;
    left = 0;
    height = image.getHeight();
    width = image.getWidth();
    raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    hasAlpha = colors.hasAlpha();
    // Samples, not getRGB: Java takes its grey colour space for linear and would brighten them.
    grey = colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    largest = grey ? (1 << colors.getComponentSize(0)) - 1 : 255;
    page = hasAlpha && visibleMean() > 0.5 ? 0 : 1;
  }

  private GreyPixels(GreyPixels of, int top, int left, int height, int width) {
    this.image = of.image;
    this.raster = of.raster;
    this.grey = of.grey;
    this.hasAlpha = of.hasAlpha;
    this.largest = of.largest;
    this.page = of.page;
    this.top = of.top + top;
    this.left = of.left + left;
    this.height = height;
    this.width = width;
  }

  /** A part of it. */
  GreyPixels window(int fromRow, int fromColumn, int rows, int columns) {
    return new GreyPixels(this, fromRow, fromColumn, rows, columns);
  }

  double at(int y, int x) {
    double alpha = alpha(top + y, left + x);
    return alpha * luma(top + y, left + x) + (1 - alpha) * page;
  }

  /** Mean of the outermost pixels: what the background is like. */
  double borderMean() {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < height; y++) {
      int step = y == 0 || y == height - 1 ? 1 : Math.max(1, width - 1);
      for (int x = 0; x < width; x += step) {
        sum += at(y, x);
        count++;
      }
    }
    return sum / count;
  }

  private double visibleMean() {
    double sum = 0;
    double weight = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double alpha = alpha(y, x);
        sum += alpha * luma(y, x);
        weight += alpha;
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  private double luma(int y, int x) {
    if (grey) {
      return raster.getSample(x, y, 0) / largest;
    }
    int rgb = image.getRGB(x, y);
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return (299 * red + 587 * green + 114 * blue) / 255000.0;
  }

  private double alpha(int y, int x) {
    if (!hasAlpha) {
      return 1;
    }
    return grey ? raster.getSample(x, y, 1) / largest : (image.getRGB(x, y) >>> 24) / 255.0;
  }
}
