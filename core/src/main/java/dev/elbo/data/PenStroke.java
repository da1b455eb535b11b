package dev.elbo.data;

/**
 * A line the pen drew: {@code n} points, in whatever unit the step at hand has, and the pen's radius
 * at each in pixels.
 */
record PenStroke(double[] x, double[] y, double[] radius) {
  private static final int PIECES = 6;

  int points() {
    return x.length;
  }

  /** The uniform Catmull–Rom curve through control points x₀, y₀, x₁, y₁, …, as a polyline. */
  static PenStroke through(double[] control) {
    int spans = control.length / 2 - 1;
    int points = spans * PIECES + 1;
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      int span = Math.min(i / PIECES, spans - 1);
      double t = (i - span * PIECES) / (double) PIECES;
      x[i] = spline(control, span, 0, t);
      y[i] = spline(control, span, 1, t);
    }
    return new PenStroke(x, y, new double[points]);
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
