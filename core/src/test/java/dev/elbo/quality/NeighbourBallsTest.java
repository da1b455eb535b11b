package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NeighbourBallsTest {
  private static final Kernels KERNELS = Kernels.best();
  private static final Team TEAM = new Team(2);

  @AfterAll
  static void close() {
    TEAM.close();
  }

  private static NeighbourBalls around(Vectors centres) {
    return NeighbourBalls.around(centres, KERNELS, TEAM);
  }

  private static double inside(Vectors points, Vectors centres) {
    return around(centres).shareInside(points, KERNELS, TEAM);
  }

  @Test
  void aBallReachesToTheThirdNeighbour() {
    NeighbourBalls balls = around(Cloud.line(0, 1, 3, 7, 15));
    // From 0: 1, 3, 7; from 1: 0, 3, 7; from 3: 1, 0, 7; from 7: 3, 1, 0; from 15: 7, 3, 1.
    assertThat(balls.squaredRadii()).containsExactly(49, 36, 16, 49, 196);
  }

  @Test
  void aSetLiesInItself() {
    Vectors cloud = Cloud.normal(1, 300, 20, 0, 1);
    assertThat(inside(cloud, cloud)).isEqualTo(1);
  }

  @Test
  void setsFarApartShareNothing() {
    assertThat(inside(Cloud.normal(1, 300, 20, 0, 1), Cloud.normal(2, 300, 20, 30, 1))).isZero();
  }

  @Test
  void oneModeOfTwoIsPreciseAndForgetsHalf() {
    Vectors both = Vectors.of(400, 8);
    Vectors left = Cloud.normal(3, 200, 8, -20, 1);
    Vectors right = Cloud.normal(4, 200, 8, 20, 1);
    for (int i = 0; i < 200; i++) {
      both.set(i, left.values(), i * left.stride());
      both.set(200 + i, right.values(), i * right.stride());
    }
    assertThat(inside(left, both)).isEqualTo(1);
    assertThat(inside(both, left)).isEqualTo(0.5);
  }

  @Test
  void sharesAreThoseOfAllPairsInDoubles() {
    Vectors real = Cloud.normal(5, 310, 6, 0, 1);
    Vectors generated = Cloud.normal(6, 290, 6, 0.4, 1.2);
    assertThat(inside(generated, real)).isCloseTo(slowly(generated, real), within(1e-12));
    assertThat(inside(real, generated)).isCloseTo(slowly(real, generated), within(1e-12));
    assertThat(inside(generated, real)).isBetween(0.3, 0.99);
  }

  private static double slowly(Vectors points, Vectors centres) {
    int inside = 0;
    double[] radii = new double[centres.count()];
    for (int c = 0; c < radii.length; c++) {
      double[] distances = new double[radii.length];
      for (int i = 0; i < radii.length; i++) {
        distances[i] = i == c ? 1e9 : Cloud.squaredDistance(centres, c, centres, i);
      }
      Arrays.sort(distances);
      radii[c] = distances[2];
    }
    for (int p = 0; p < points.count(); p++) {
      boolean found = false;
      for (int c = 0; c < radii.length; c++) {
        found |= Cloud.squaredDistance(points, p, centres, c) <= radii[c];
      }
      inside += found ? 1 : 0;
    }
    return (double) inside / points.count();
  }
}
