package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Team;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustworthinessTest {
  /** The same sum of whole numbers, divided once. */
  private static final double ROUNDING = 1e-12;

  /** Ten times the standard deviation that 400 points leave around a half. */
  private static final double CHANCE = 0.05;

  private static double of(Cloud space, Cloud map, int neighbours, int threads) {
    try (Team team = new Team(threads)) {
      return Trustworthiness.of(space, map, neighbours, team);
    }
  }

  /** Written from the definition: both orders sorted in full. */
  private static double byDefinition(Cloud space, Cloud map, int k) {
    int n = space.count();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      List<Integer> inSpace = ordered(space, i);
      List<Integer> onMap = ordered(map, i);
      for (int j : onMap.subList(0, k)) {
        if (!inSpace.subList(0, k).contains(j)) {
          sum += inSpace.indexOf(j) + 1 - k;
        }
      }
    }
    return 1 - sum * 2 / (n * k * (2.0 * n - 3 * k - 1));
  }

  private static List<Integer> ordered(Cloud cloud, int from) {
    return IntStream.range(0, cloud.count())
        .filter(i -> i != from)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> squared(cloud, from, i)))
        .toList();
  }

  private static double squared(Cloud cloud, int i, int j) {
    double sum = 0;
    for (int d = 0; d < cloud.dimensions(); d++) {
      double difference = (double) cloud.at(i, d) - cloud.at(j, d);
      sum += difference * difference;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"40,1", "40,12", "40,19", "97,5", "200,12"})
  void isWhatTheDefinitionSays(int count, int neighbours) {
    Cloud space = Clouds.groups(count, 6, 3, 4, count);
    Cloud map = PrincipalPlane.of(space).project(space);
    double expected = byDefinition(space, map, neighbours);
    assertThat(expected).isBetween(0.5, 0.999);
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(of(space, map, neighbours, threads)).isCloseTo(expected, within(ROUNDING));
    }
  }

  @Test
  void equalDistancesAreRankedByNumber() {
    float[] values = new float[80];
    for (int k = 0; k < values.length; k++) {
      values[k] = k * 7 % 3;
    }
    Cloud space = new Cloud(40, 2, values);
    Cloud map = Clouds.gaussian(40, 2, 3);
    assertThat(of(space, map, 5, 2)).isCloseTo(byDefinition(space, map, 5), within(ROUNDING));
  }

  @Test
  void isOneOfASimilarMapAndAHalfOfARandomOne() {
    Cloud plane = Clouds.gaussian(400, 2, 1);
    float[] twice = plane.values().clone();
    for (int k = 0; k < twice.length; k++) {
      twice[k] = 2 * twice[k] + 1;
    }
    assertThat(of(plane, new Cloud(400, 2, twice), 12, 2)).isEqualTo(1);
    assertThat(of(plane, Clouds.gaussian(400, 2, 2), 12, 2)).isCloseTo(0.5, within(CHANCE));
  }

  @Test
  void refusesMoreNeighboursThanHalfOfThePoints() {
    Cloud plane = Clouds.gaussian(24, 2, 1);
    assertThatThrownBy(() -> of(plane, plane, 12, 1))
        .hasMessage(
            "neighbours (=12) must be from 1 to below half of the points (=24, 24 on the map)");
  }
}
