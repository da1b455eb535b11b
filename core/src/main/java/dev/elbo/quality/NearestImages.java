package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.RowSource;
import java.util.Arrays;

/** How far images are, pixel by pixel, from the nearest of others. */
final class NearestImages {
  private NearestImages() {}

  /**
   * √Σⱼ (xⱼ − yⱼ)² of each image x and the nearest y, of equals the first. Which is nearest is
   * found in floats, its distance then computed in doubles: that of a copy is 0.
   */
  static double[] distances(
      Vectors images, RowSource others, int count, Kernels kernels, Team team) {
    int[] nearest = new int[images.count()];
    float[] least = new float[images.count()];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    new SquaredDistances(images, kernels, team)
        .visit(
            others,
            count,
            (query, first, size, squared, offset) -> {
              for (int r = 0; r < size; r++) {
                if (squared[offset + r] < least[query]) {
                  least[query] = squared[offset + r];
                  nearest[query] = first + r;
                }
              }
            });
    double[] distances = new double[images.count()];
    float[] other = new float[images.columns()];
    for (int i = 0; i < distances.length; i++) {
      others.fill(nearest[i], other, 0);
      double sum = 0;
      for (int j = 0; j < other.length; j++) {
        double difference = (double) images.values()[i * images.stride() + j] - other[j];
        sum += difference * difference;
      }
      distances[i] = Math.sqrt(sum);
    }
    return distances;
  }
}
