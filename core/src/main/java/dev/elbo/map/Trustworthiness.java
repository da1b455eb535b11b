package dev.elbo.map;

import dev.elbo.kernel.Team;

/**
 * How far neighbours on a map are neighbours in the space (Venna and Kaski 2001): 1 − 2/(nk(2n − 3k
 * − 1)) · Σᵢ Σⱼ max(0, r(i, j) − k) over the k nearest j of i on the map, r the rank of j among the
 * others by distance from i in the space. 1 is the best; about a half is a map at random.
 */
public final class Trustworthiness {
  /** Neighbours that count, as usual in the literature of t-SNE. */
  public static final int NEIGHBOURS = 12;

  private Trustworthiness() {}

  public static double of(Cloud space, Cloud map, Team team) {
    return of(space, map, NEIGHBOURS, team);
  }

  /**
   * @param neighbours k, below half of the points
   */
  static double of(Cloud space, Cloud map, int neighbours, Team team) {
    int count = space.count();
    if (map.count() != count || neighbours < 1 || 2 * neighbours >= count) {
      throw new IllegalArgumentException(
          "neighbours (=%d) must be from 1 to below half of the points (=%d, %d on the map)"
              .formatted(neighbours, count, map.count()));
    }
    Neighbours onMap = Neighbours.of(map, neighbours, team);
    Distances distances = new Distances(space);
    long[] penalties = new long[count];
    RowChunks.run(
        team,
        count,
        () -> {
          double[] row = new double[count];
          return point -> {
            distances.fill(point, row);
            for (int n = 0; n < neighbours; n++) {
              int rank = rank(row, point, onMap.index()[point * neighbours + n]);
              penalties[point] += Math.max(0, rank - neighbours);
            }
          };
        });
    long sum = 0;
    for (long penalty : penalties) {
      sum += penalty;
    }
    double most = (double) count * neighbours * (2.0 * count - 3.0 * neighbours - 1);
    return 1 - 2 / most * sum;
  }

  /** 1 for the nearest other; of equals the one with the smaller number comes first. */
  private static int rank(double[] distances, int point, int other) {
    double distance = distances[other];
    int rank = 1;
    for (int i = 0; i < distances.length; i++) {
      boolean before = distances[i] < distance || (distances[i] == distance && i < other);
      rank += before && i != point ? 1 : 0;
    }
    return rank;
  }
}
