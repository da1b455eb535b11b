package dev.elbo.data;

/**
 * A line the pen drew: points, first in the glyph's unit and once fitted in pixels, and the pen's
 * radius at each, in pixels.
 */
record PenStroke(double[] x, double[] y, double[] radius) {
  private static final int PIECES = 6;

  int points() {
    return x.length;
  }

  /** The uniform Catmull–Rom curve through control points x₀, y₀, x₁, y₁, …, as a polyline. */
  static PenStroke through(double[] control) {
    int spans = control.length / 2 - 1;
    int curved = 0;
    for (int span = 0; span < spans; span++) {
      curved += isCorner(control, span) ? 0 : 1;
    }
    int points = curved * PIECES + 1;
    double[] x = new double[points];
    double[] y = new double[points];
    x[0] = control[0];
    y[0] = control[1];
    int next = 1;
    for (int span = 0; span < spans; span++) {
      if (isCorner(control, span)) {
        continue;
      }
      for (int piece = 1; piece <= PIECES; piece++, next++) {
        double t = piece / (double) PIECES;
        x[next] = spline(control, span, 0, t);
        y[next] = spline(control, span, 1, t);
      }
    }
    return new PenStroke(x, y, new double[points]);
  }

  /** Whether a control point and the next are the same. */
  static boolean isCorner(double[] control, int point) {
    return control[2 * point] == control[2 * point + 2]
        && control[2 * point + 1] == control[2 * point + 3];
  }

  private static double spline(double[] control, int span, int axis, double t) {
    int last = control.length / 2 - 1;
    double p0 = control[2 * Math.max(span - 1, 0) + axis];
    double p1 = control[2 * span + axis];
    double p2 = control[2 * (span + 1) + axis];
    double p3 = control[2 * Math.min(span + 2, last) + axis];
    double c1 = p2 - p0;
    double c2 = 2 * p0 - 5 * p1 + 4 * p2 - p3;
    double c3 = 3 * (p1 - p2) + p3 - p0;
    return p1 + 0.5 * t * (c1 + t * (c2 + t * c3));
  }
}
