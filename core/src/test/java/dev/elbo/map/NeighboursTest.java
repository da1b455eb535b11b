package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.kernel.Team;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
  /** Coordinates of few values, so that many distances are equal. */
  private static Cloud coarse(int count) {
    float[] values = Clouds.gaussian(count, 3, count).values();
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.round(values[k]);
    }
    return new Cloud(count, 3, values);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "5,4", "33,1", "100,7", "100,99", "131,90"})
  void areTheFirstOfAllInOrderOfDistanceThenNumber(int count, int each) {
    Cloud cloud = coarse(count);
    try (Team team = new Team(2)) {
      Neighbours neighbours = Neighbours.of(cloud, each, team);
      for (int i = 0; i < count; i++) {
        int point = i;
        List<Integer> expected =
            IntStream.range(0, count)
                .filter(j -> j != point)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> squared(cloud, point, j)))
                .limit(each)
                .toList();
        for (int n = 0; n < each; n++) {
          int at = i * each + n;
          assertThat(neighbours.index()[at]).isEqualTo(expected.get(n));
          assertThat(neighbours.squared()[at]).isEqualTo(squared(cloud, i, expected.get(n)));
        }
      }
    }
  }

  private static double squared(Cloud cloud, int i, int j) {
    double sum = 0;
    for (int d = 0; d < cloud.dimensions(); d++) {
      double difference = (double) cloud.at(i, d) - cloud.at(j, d);
      sum += difference * difference;
    }
    return sum;
  }
}
