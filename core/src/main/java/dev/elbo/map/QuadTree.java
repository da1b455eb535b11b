package dev.elbo.map;

import java.util.Arrays;

/**
 * Points of the plane in squares of squares, so that far ones can be taken together (Barnes and Hut
 * 1986). Cells stand in depth-first order with the place of what follows each, so that a walk needs
 * no stack. Owns its buffers and is built anew in each iteration.
 */
final class QuadTree {
  /** Squares are halved so often at most; what then still lies together counts as one point. */
  private static final int DEEPEST = 40;

  private static final int NONE = -1;

  // Cells as they are made. A leaf has first = NONE; the four children of another are one block.
  private int made;
  private int[] first = new int[0];
  private int[] members = new int[0];
  private double[] sumX = new double[0];
  private double[] sumY = new double[0];

  // Cells that hold a point, in depth-first order.
  private int cells;
  private int[] next = new int[0];
  private double[] count = new double[0];
  private double[] centreX = new double[0];
  private double[] centreY = new double[0];
  private double[] squaredSide = new double[0];

  /**
   * @param y [points, 2]
   */
  void build(double[] y, int points) {
    double left = Double.POSITIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points; i++) {
      left = Math.min(left, y[2 * i]);
      right = Math.max(right, y[2 * i]);
      bottom = Math.min(bottom, y[2 * i + 1]);
      top = Math.max(top, y[2 * i + 1]);
    }
    double side = Math.max(right - left, top - bottom);
    made = 0;
    make(1);
    for (int i = 0; i < points; i++) {
      insert(y[2 * i], y[2 * i + 1], left, bottom, side);
    }
    reserve(made);
    cells = 0;
    flatten(0, side);
  }

  /**
   * Adds up what pushes a point away, over all points: out[0], out[1] the sums of q²·(y − yⱼ), and
   * returns the sum of q = 1/(1 + ‖y − yⱼ‖²), in which the point itself is 1.
   */
  double repulsion(double x, double y, double squaredTheta, double[] out) {
    double sum = 0;
    double forceX = 0;
    double forceY = 0;
    int cell = 0;
    while (cell < cells) {
      double dx = x - centreX[cell];
      double dy = y - centreY[cell];
      double squared = dx * dx + dy * dy;
      if (squaredSide[cell] <= squaredTheta * squared) {
        double q = 1 / (1 + squared);
        double share = count[cell] * q;
        sum += share;
        share *= q;
        forceX += share * dx;
        forceY += share * dy;
        cell = next[cell];
      } else {
        cell++;
      }
    }
    out[0] = forceX;
    out[1] = forceY;
    return sum;
  }

  private void insert(double x, double y, double left, double bottom, double side) {
    int cell = 0;
    double cellLeft = left;
    double cellBottom = bottom;
    double half = side / 2;
    for (int depth = 0; ; depth++) {
      boolean isEmpty = members[cell] == 0;
      if (first[cell] == NONE && !isEmpty && depth < DEEPEST && !isAt(cell, x, y)) {
        split(cell, cellLeft + half, cellBottom + half);
      }
      members[cell]++;
      sumX[cell] += x;
      sumY[cell] += y;
      if (first[cell] == NONE) {
        return;
      }
      boolean isRight = x >= cellLeft + half;
      boolean isUpper = y >= cellBottom + half;
      cell = first[cell] + (isRight ? 1 : 0) + (isUpper ? 2 : 0);
      cellLeft += isRight ? half : 0;
      cellBottom += isUpper ? half : 0;
      half /= 2;
    }
  }

  /** Whether all that a leaf holds lies at this point. */
  private boolean isAt(int leaf, double x, double y) {
    return sumX[leaf] == x * members[leaf] && sumY[leaf] == y * members[leaf];
  }

  /** Gives a leaf four children and what it holds, which lies at one point, to one of them. */
  private void split(int cell, double middleX, double middleY) {
    int block = make(4);
    double x = sumX[cell] / members[cell];
    double y = sumY[cell] / members[cell];
    int child = block + (x >= middleX ? 1 : 0) + (y >= middleY ? 2 : 0);
    first[cell] = block;
    members[child] = members[cell];
    sumX[child] = sumX[cell];
    sumY[child] = sumY[cell];
  }

  private int make(int howMany) {
    int block = made;
    made += howMany;
    if (made > first.length) {
      int length = Math.max(1024, 2 * made);
      first = Arrays.copyOf(first, length);
      members = Arrays.copyOf(members, length);
      sumX = Arrays.copyOf(sumX, length);
      sumY = Arrays.copyOf(sumY, length);
    }
    for (int cell = block; cell < made; cell++) {
      first[cell] = NONE;
      members[cell] = 0;
      sumX[cell] = 0;
      sumY[cell] = 0;
    }
    return block;
  }

  private void reserve(int most) {
    if (most > next.length) {
      next = new int[first.length];
      count = new double[first.length];
      centreX = new double[first.length];
      centreY = new double[first.length];
      squaredSide = new double[first.length];
    }
  }

  private void flatten(int from, double side) {
    if (members[from] == 0) {
      return;
    }
    int cell = cells++;
    boolean isLeaf = first[from] == NONE;
    count[cell] = members[from];
    centreX[cell] = sumX[from] / members[from];
    centreY[cell] = sumY[from] / members[from];
    squaredSide[cell] = isLeaf ? 0 : side * side;
    if (!isLeaf) {
      for (int child = first[from]; child < first[from] + 4; child++) {
        flatten(child, side / 2);
      }
    }
    next[cell] = cells;
  }
}
