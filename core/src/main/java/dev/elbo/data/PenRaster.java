package dev.elbo.data;

import java.util.List;

/**
 * Strokes to pixels as MNIST was prepared: fitted into 20×20 keeping the aspect ratio, then moved so
 * that the centre of mass lies in the middle of 28×28.
 *
 * <p>Ink of a pixel is its distance d to the polyline against the pen's radius r: full within
 * r − {@value #EDGE}/2, none beyond r + {@value #EDGE}/2, linear between.
 */
final class PenRaster {
  static final int SIDE = 28;
  static final int SIZE = SIDE * SIDE;
  private static final double BOX = 20;
  private static final double EDGE = 1.3;
  private static final int MARGIN = 2;

  private final double[] ink = new double[SIZE];

  static void draw(List<PenStroke> strokes, byte[] pixels, int offset) {
    PenRaster raster = new PenRaster();
    raster.fitted(strokes);
    raster.centred(pixels, offset);
  }

  private void fitted(List<PenStroke> strokes) {
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
    double scale = (BOX - 2 * widest) / Math.max(right - left, bottom - top);
    double middleX = (left + right) / 2;
    double middleY = (top + bottom) / 2;
    double centre = (SIDE - 1) / 2.0;
    for (PenStroke stroke : strokes) {
      double[] x = stroke.x();
      double[] y = stroke.y();
      for (int i = 0; i < x.length; i++) {
        x[i] = (x[i] - middleX) * scale + centre;
        y[i] = (y[i] - middleY) * scale + centre;
      }
      for (int i = 1; i < x.length; i++) {
        segment(x[i - 1], y[i - 1], x[i], y[i], (stroke.radius()[i - 1] + stroke.radius()[i]) / 2);
      }
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

  /** Moved by whole pixels, as MNIST was. */
  private void centred(byte[] pixels, int offset) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += ink[i];
      sumX += ink[i] * (i % SIDE);
      sumY += ink[i] * (i / SIDE);
    }
    double centre = (SIDE - 1) / 2.0;
    int right = (int) Math.floor(centre - sumX / sum + 0.5);
    int down = (int) Math.floor(centre - sumY / sum + 0.5);
    for (int row = MARGIN; row < SIDE - MARGIN; row++) {
      for (int column = MARGIN; column < SIDE - MARGIN; column++) {
        int fromRow = row - down;
        int fromColumn = column - right;
        if (fromRow >= 0 && fromRow < SIDE && fromColumn >= 0 && fromColumn < SIDE) {
          double value = ink[fromRow * SIDE + fromColumn];
          pixels[offset + row * SIDE + column] = (byte) (int) (255 * value + 0.5);
        }
      }
    }
  }
}
