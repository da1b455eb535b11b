package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.Arrays;

/**
 * The manifold of a set of vectors as Kynkäänniemi et al. (2019) estimate it: around each a ball
 * that reaches to its k-th nearest neighbour in the set.
 *
 * @param squaredRadii of the ball around each centre
 */
record NeighbourBalls(Vectors centres, float[] squaredRadii) {
  /** k of the paper's experiments. */
  static final int NEIGHBOURS = 3;

  static NeighbourBalls around(Vectors centres, Kernels kernels, Team team) {
    float[][] nearest = new float[centres.count()][NEIGHBOURS]; // ascending
    for (float[] of : nearest) {
      Arrays.fill(of, Float.POSITIVE_INFINITY);
    }
    new SquaredDistances(centres, kernels, team)
        .visit(
            centres,
            centres.count(),
            (query, first, count, squared, offset) -> {
              for (int r = 0; r < count; r++) {
                if (first + r != query) {
                  insert(nearest[query], squared[offset + r]);
                }
              }
            });
    float[] radii = new float[nearest.length];
    for (int i = 0; i < radii.length; i++) {
      radii[i] = nearest[i][NEIGHBOURS - 1];
    }
    return new NeighbourBalls(centres, radii);
  }

  /** Keeps the smallest. */
  private static void insert(float[] ascending, float value) {
    if (value < ascending[ascending.length - 1]) {
      int i = ascending.length - 1;
      for (; i > 0 && ascending[i - 1] > value; i--) {
        ascending[i] = ascending[i - 1];
      }
      ascending[i] = value;
    }
  }

  /** The share of points that lie in a ball at least. */
  double shareInside(Vectors points, Kernels kernels, Team team) {
    boolean[] inside = new boolean[points.count()];
    new SquaredDistances(points, kernels, team)
        .visit(
            centres,
            centres.count(),
            (query, first, count, squared, offset) -> {
              for (int r = 0; r < count && !inside[query]; r++) {
                inside[query] = squared[offset + r] <= squaredRadii[first + r];
              }
            });
    int sum = 0;
    for (boolean is : inside) {
      sum += is ? 1 : 0;
    }
    return (double) sum / points.count();
  }
}
