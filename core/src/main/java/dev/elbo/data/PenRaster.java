package dev.elbo.data;

import java.util.Arrays;
import java.util.List;

/**
 * Strokes to pixels as MNIST was prepared: fitted into 20×20 keeping the aspect ratio, then moved
 * by whole pixels so that the centre of mass lies in the middle of 28×28. A digit so lopsided that
 * it would then touch the border is fitted into less.
 *
 * <p>Ink of a pixel follows from its distance to the line against the pen's radius r: full within r
 * − {@value #EDGE}/2, none beyond r + {@value #EDGE}/2, linear between.
 */
final class PenRaster {
  static final int SIDE = 28;
  static final int SIZE = SIDE * SIDE;
  private static final int BOX = 20;
  private static final double CENTRE = (SIDE - 1) / 2.0;
  private static final double EDGE = 1.2;

  private final double[] ink = new double[SIZE];
  private final int right;
  private final int down;

  /** Leaves the strokes in pixels. */
  private PenRaster(List<PenStroke> strokes, int box) {
    fit(strokes, box);
    strokes.forEach(this::line);
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += ink[i];
      sumX += ink[i] * (i % SIDE);
      sumY += ink[i] * (i / SIDE);
    }
    right = (int) Math.floor(CENTRE - sumX / sum + 0.5);
    down = (int) Math.floor(CENTRE - sumY / sum + 0.5);
  }

  static void draw(List<PenStroke> strokes, byte[] pixels, int offset) {
    int box = BOX;
    PenRaster raster = new PenRaster(strokes, box);
    while (!raster.copy(pixels, offset)) {
      box--;
      raster = new PenRaster(strokes, box);
    }
  }

  private static void fit(List<PenStroke> strokes, int box) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = left;
    double bottom = right;
    double widest = 0;
    for (PenStroke stroke : strokes) {
      for (int i = 0; i < stroke.points(); i++) {
        left = Math.min(left, stroke.x()[i]);
        right = Math.max(right, stroke.x()[i]);
        top = Math.min(top, stroke.y()[i]);
        bottom = Math.max(bottom, stroke.y()[i]);
        widest = Math.max(widest, stroke.radius()[i]);
      }
    }
    double scale = (box - 2 * widest) / Math.max(right - left, bottom - top);
    double middleX = (left + right) / 2;
    double middleY = (top + bottom) / 2;
    for (PenStroke stroke : strokes) {
      double[] x = stroke.x();
      double[] y = stroke.y();
      for (int i = 0; i < x.length; i++) {
        x[i] = (x[i] - middleX) * scale + CENTRE;
        y[i] = (y[i] - middleY) * scale + CENTRE;
      }
    }
  }

  private void line(PenStroke stroke) {
    double[] x = stroke.x();
    double[] y = stroke.y();
    double[] radius = stroke.radius();
    for (int i = 1; i < x.length; i++) {
      segment(x[i - 1], y[i - 1], x[i], y[i], (radius[i - 1] + radius[i]) / 2);
    }
  }

  private void segment(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + EDGE / 2;
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    int firstRow = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
    int lastRow = Math.min(SIDE - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    int firstColumn = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
    int lastColumn = Math.min(SIDE - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        double along = length == 0 ? 0 : ((column - x0) * dx + (row - y0) * dy) / length;
        double t = Math.max(0, Math.min(1, along));
        double offX = column - x0 - t * dx;
        double offY = row - y0 - t * dy;
        double square = offX * offX + offY * offY;
        if (square < reach * reach) {
          int at = row * SIDE + column;
          ink[at] = Math.max(ink[at], Math.min(1, (reach - Math.sqrt(square)) / EDGE));
        }
      }
    }
  }

  /** Writes all of an image's pixels; false, and nothing of use, if ink would reach the border. */
  private boolean copy(byte[] pixels, int offset) {
    Arrays.fill(pixels, offset, offset + SIZE, (byte) 0);
    for (int i = 0; i < SIZE; i++) {
      if (ink[i] > 0) {
        int row = i / SIDE + down;
        int column = i % SIDE + right;
        if (Math.min(row, column) < 1 || Math.max(row, column) > SIDE - 2) {
          return false;
        }
        pixels[offset + row * SIDE + column] = (byte) (int) (255 * ink[i] + 0.5);
      }
    }
    return true;
  }
}
