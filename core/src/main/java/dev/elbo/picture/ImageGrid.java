package dev.elbo.picture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * Grey images of one size in a grid, row by row, each pixel a square of {@code scale} × {@code
 * scale}. Ink is white on black tiles; the page between them is dark grey.
 *
 * @param height of one image, in its own pixels
 * @param columns images (or pairs) in a row; fewer images than that make a narrower grid
 */
public record ImageGrid(int height, int width, int columns, int scale) {
  /** Grey level of the page. */
  static final int PAGE = 72;

  /** Between tiles and around the grid, in image pixels. */
  static final int GAP = 2;

  /** Between pairs, and between the two images of a pair: thinner, so that a pair reads as one. */
  static final int PAIR_GAP = 4;

  static final int SEAM = 1;

  public ImageGrid {
    assert height > 0 && width > 0 && columns > 0 && scale > 0;
  }

  /** The scale (1 to 8) at which a grid of 28-pixel images is comfortable to look at. */
  public static int comfortableScale(int height, int width) {
    return Math.max(1, Math.min(8, 84 / Math.max(height, width)));
  }

  /** The grid of these images; values outside [0, 1] are clipped, NaN is background. */
  public BufferedImage draw(float[] images) { // [count, height·width]
    Sheet sheet = new Sheet(count(images), height, width, GAP);
    for (int i = 0; i < sheet.count; i++) {
      sheet.paint(images, i, 0);
    }
    return sheet.picture;
  }

  /** Pairs, the first to the left of the second. */
  public BufferedImage drawBeside(float[] left, float[] right) {
    assert left.length == right.length;
    int across = width + SEAM;
    Sheet sheet = new Sheet(count(left), height, width + across, PAIR_GAP);
    for (int i = 0; i < sheet.count; i++) {
      sheet.paint(left, i, 0);
      sheet.paint(right, i, across);
    }
    return sheet.picture;
  }

  private int count(float[] images) {
    assert images.length % (height * width) == 0;
    return images.length / (height * width);
  }

  /** A page divided into cells, each of which holds an image or a pair. */
  private final class Sheet {
    final int count;
    final int cellHeight;
    final int cellWidth;
    final int gap;
    final int across;
    final BufferedImage picture;
    final WritableRaster raster;

    Sheet(int count, int cellHeight, int cellWidth, int gap) {
      this.count = count;
      this.cellHeight = cellHeight;
      this.cellWidth = cellWidth;
      this.gap = gap;
      across = Math.max(1, Math.min(columns, count));
      int down = Math.max(1, (count + across - 1) / across);
      picture =
          new BufferedImage(
              scale * (across * (cellWidth + gap) + gap),
              scale * (down * (cellHeight + gap) + gap),
              BufferedImage.TYPE_BYTE_GRAY);
      raster = picture.getRaster();
      int[] line = new int[picture.getWidth()];
      Arrays.fill(line, PAGE);
      for (int y = 0; y < picture.getHeight(); y++) {
        raster.setSamples(0, y, line.length, 1, 0, line);
      }
    }

    /** Paints one image into its cell, moved to the right by so many image pixels. */
    void paint(float[] images, int index, int acrossBy) {
      int top = scale * (gap + index / across * (cellHeight + gap));
      int left = scale * (gap + index % across * (cellWidth + gap) + acrossBy);
      int[] line = new int[width * scale];
      for (int row = 0; row < height; row++) {
        for (int x = 0; x < line.length; x++) {
          line[x] = level(images[(index * height + row) * width + x / scale]);
        }
        for (int y = 0; y < scale; y++) {
          raster.setSamples(left, top + row * scale + y, line.length, 1, 0, line);
        }
      }
    }
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, (int) (value * 255f + 0.5f)));
  }
}
