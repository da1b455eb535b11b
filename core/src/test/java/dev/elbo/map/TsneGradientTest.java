package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Team;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TsneGradientTest {
  private static final double STEP = 1e-5;

  /** Of central differences with that step: its square, and roundings of the sum over it. */
  private static final double DIFFERENCE_ERROR = 1e-8;

  private static final double ROUNDING = 1e-12;

  private static final int POINTS = 60;

  private static Affinities affinities(Cloud space, int each, double perplexity, Team team) {
    Neighbours neighbours = Neighbours.of(space, each, team);
    return Affinities.of(ConditionalAffinities.of(neighbours, perplexity, team));
  }

  private static double[] plane(int points, double scale, long seed) {
    Random random = new Random(seed);
    return random.doubles(2L * points).map(u -> scale * (u - 0.5)).toArray();
  }

  /** Σ p·ln(p/q) with both written out as matrices. */
  private static double byDefinition(Affinities affinities, double[] y) {
    int count = affinities.count();
    double z = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        z += i == j ? 0 : kernel(y, i, j);
      }
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int n = affinities.starts()[i]; n < affinities.starts()[i + 1]; n++) {
        double p = affinities.values()[n];
        sum += p * Math.log(p / (kernel(y, i, affinities.columns()[n]) / z));
      }
    }
    return sum;
  }

  private static double kernel(double[] y, int i, int j) {
    double dx = y[2 * i] - y[2 * j];
    double dy = y[2 * i + 1] - y[2 * j + 1];
    return 1 / (1 + dx * dx + dy * dy);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, POINTS - 1})
  void exactDivergenceAndGradientAreThoseOfTheDefinition(int each) {
    try (Team team = new Team(2)) {
      Affinities p = affinities(Clouds.gaussian(POINTS, 5, 1), each, 6, team);
      TsneGradient exact = new TsneGradient(p, 0, team);
      double[] y = plane(POINTS, 8, 2);
      assertThat(exact.divergence(y)).isCloseTo(byDefinition(p, y), within(ROUNDING));
      double[] gradient = new double[y.length];
      exact.fill(y, 1, gradient);
      for (int k = 0; k < y.length; k++) {
        double was = y[k];
        y[k] = was + STEP;
        double above = byDefinition(p, y);
        y[k] = was - STEP;
        double below = byDefinition(p, y);
        y[k] = was;
        assertThat(gradient[k]).isCloseTo((above - below) / (2 * STEP), within(DIFFERENCE_ERROR));
      }
    }
  }

  @Test
  void exaggerationMultipliesTheAttractionAlone() {
    try (Team team = new Team(1)) {
      Affinities p = affinities(Clouds.gaussian(POINTS, 5, 1), 20, 6, team);
      TsneGradient exact = new TsneGradient(p, 0, team);
      double[] y = plane(POINTS, 8, 2);
      double[] once = new double[y.length];
      double[] twice = new double[y.length];
      double[] thrice = new double[y.length];
      exact.fill(y, 1, once);
      exact.fill(y, 2, twice);
      exact.fill(y, 3, thrice);
      for (int k = 0; k < y.length; k++) {
        assertThat(twice[k] - once[k]).isCloseTo(thrice[k] - twice[k], within(ROUNDING));
        assertThat(twice[k]).isNotEqualTo(once[k]);
      }
    }
  }

  /** Errors as shares of the largest component; they fall about with the square of theta. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.05", "0.25, 0.0125", "0.1, 0.002"})
  void theTreeComesNearTheExactGradient(double theta, double most) {
    int points = 700;
    try (Team team = new Team(2)) {
      Affinities p = affinities(Clouds.groups(points, 5, 3, 8, 3), 90, 30, team);
      double[] y = plane(points, 60, 4);
      double[] exact = new double[y.length];
      double[] byTree = new double[y.length];
      new TsneGradient(p, 0, team).fill(y, 1, exact);
      new TsneGradient(p, theta, team).fill(y, 1, byTree);
      double largest = 0;
      double error = 0;
      for (int k = 0; k < y.length; k++) {
        largest = Math.max(largest, Math.abs(exact[k]));
        error = Math.max(error, Math.abs(exact[k] - byTree[k]));
      }
      assertThat(error).isLessThan(most * largest).isPositive();
    }
  }

  @Test
  void pointsAtOnePlacePushNeitherThemselvesNorEachOther() {
    QuadTree tree = new QuadTree();
    double[] y = {0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 1.3, 0.1};
    tree.build(y, 6);
    double[] force = new double[2];
    assertThat(tree.repulsion(0.3, 0.1, 0, force)).isCloseTo(5 + 0.5, within(ROUNDING));
    assertThat(force[0]).isCloseTo(-0.25, within(ROUNDING));
    tree.build(new double[12], 6);
    assertThat(tree.repulsion(0, 0, 0.25, force)).isEqualTo(6);
    assertThat(force).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 5, 29.5})
  void everyPointReachesThePerplexity(double perplexity) {
    int each = 90;
    try (Team team = new Team(2)) {
      Neighbours neighbours = Neighbours.of(Clouds.groups(300, 7, 2, 20, 5), each, team);
      ConditionalAffinities conditional = ConditionalAffinities.of(neighbours, perplexity, team);
      for (int i = 0; i < 300; i++) {
        double sum = 0;
        double entropy = 0;
        for (int n = i * each; n < (i + 1) * each; n++) {
          double p = conditional.values()[n];
          sum += p;
          entropy -= p == 0 ? 0 : p * Math.log(p);
        }
        assertThat(sum).isCloseTo(1, within(ROUNDING));
        assertThat(Math.exp(entropy)).isCloseTo(perplexity, within(1e-5));
      }
    }
  }

  @Test
  void affinitiesAreSymmetricAndAddUpToOne() {
    try (Team team = new Team(2)) {
      Affinities p = affinities(Clouds.gaussian(150, 4, 8), 12, 4, team);
      double[][] dense = new double[150][150];
      double sum = 0;
      for (int i = 0; i < 150; i++) {
        int before = -1;
        for (int n = p.starts()[i]; n < p.starts()[i + 1]; n++) {
          assertThat(p.columns()[n]).isGreaterThan(before).isNotEqualTo(i);
          before = p.columns()[n];
          dense[i][before] = p.values()[n];
          sum += p.values()[n];
        }
      }
      assertThat(sum).isCloseTo(1, within(ROUNDING));
      for (int i = 0; i < 150; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(dense[i][j]).isEqualTo(dense[j][i]);
        }
      }
    }
  }
}
