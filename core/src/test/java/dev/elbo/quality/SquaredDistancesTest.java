package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquaredDistancesTest {
  /** Norms are below 200; of their float roundings a few come together. */
  private static final double ROUNDING = 2e-4;

  /** [queries, references], NaN where nothing was shown. */
  private static float[][] all(Vectors queries, Vectors references, Kernels kernels, int threads) {
    float[][] all = new float[queries.count()][references.count()];
    for (float[] row : all) {
      Arrays.fill(row, Float.NaN);
    }
    try (Team team = new Team(threads)) {
      new SquaredDistances(queries, kernels, team)
          .visit(
              references,
              references.count(),
              (query, first, count, squared, offset) ->
                  System.arraycopy(squared, offset, all[query], first, count));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "63,255,5", "64,256,16", "65,257,17", "130,600,50"})
  void theyAreThoseOfDoublesWhateverTheSizesThreadsAndKernels(
      int queries, int references, int columns) {
    Vectors from = Cloud.normal(1, queries, columns, 0.5, 1);
    Vectors to = Cloud.normal(2, references, columns, 0, 1);
    float[][] squared = all(from, to, Kernels.plain(), 1);
    for (int i = 0; i < queries; i++) {
      for (int j = 0; j < references; j++) {
        assertThat((double) squared[i][j])
            .isCloseTo(Cloud.squaredDistance(from, i, to, j), within(ROUNDING));
      }
    }
    assertThat(all(from, to, Kernels.best(), 3)).isDeepEqualTo(squared);
    assertThat(all(from, to, Kernels.best(), 2)).isDeepEqualTo(squared);
  }

  @Test
  void theyAreNeverBelowZero() {
    Vectors cloud = Cloud.normal(5, 100, 30, 50, 1e-3);
    float[][] squared = all(cloud, cloud, Kernels.best(), 1);
    for (float[] row : squared) {
      for (float value : row) {
        assertThat(value).isNotNegative();
      }
    }
  }

  @Test
  void aCopyIsNearestAndItsDistanceIsZero() {
    Vectors images = Cloud.normal(6, 300, 64, 0.5, 0.2);
    Vectors two = images.everyOther(1);
    try (Team team = new Team(2)) {
      assertThat(NearestImages.distances(two, images, images.count(), Kernels.best(), team))
          .hasSize(150)
          .containsOnly(0);
    }
  }

  @Test
  void theNearestImageIsFoundWhereverItIs() {
    Vectors images = Cloud.normal(7, 40, 20, 0, 1);
    Vectors others = Cloud.normal(8, 700, 20, 0, 1);
    double[] least = new double[40];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 700; j++) {
        least[i] = Math.min(least[i], Math.sqrt(Cloud.squaredDistance(images, i, others, j)));
      }
    }
    try (Team team = new Team(1)) {
      assertThat(NearestImages.distances(images, others, 700, Kernels.best(), team))
          .containsExactly(least, within(1e-12));
    }
  }
}
