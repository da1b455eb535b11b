package dev.elbo.map;

import dev.elbo.kernel.Team;

/**
 * The nearest others of each point, nearest first; of equals the one with the smaller number.
 *
 * @param index [count, each]
 * @param squared distances, [count, each]
 */
record Neighbours(int count, int each, int[] index, double[] squared) {

  static Neighbours of(Cloud cloud, int each, Team team) {
    int count = cloud.count();
    if (each < 1 || each >= count) {
      throw new IllegalArgumentException(
          "neighbours (=%d) must be from 1 to points (=%d) less one".formatted(each, count));
    }
    Distances distances = new Distances(cloud);
    int[] index = new int[count * each];
    double[] squared = new double[count * each];
    RowChunks.run(
        team,
        count,
        () -> {
          double[] row = new double[count];
          NearestHeap nearest = new NearestHeap(each);
          return point -> {
            distances.fill(point, row);
            for (int other = 0; other < count; other++) {
              if (other != point) {
                nearest.offer(other, row[other]);
              }
            }
            nearest.drain(index, squared, point * each);
          };
        });
    return new Neighbours(count, each, index, squared);
  }
}
