package dev.elbo.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneSidedJacobiTest {
  /** Some hundred roundings of doubles of size 1 to 100. */
  private static final double ROUNDING = 1e-11;

  /** What the smallest square of a random matrix of that shape is far above. */
  private static final double LEAST_SQUARE = 1e-3;

  private static double[] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[] matrix = new double[rows * columns];
    Arrays.setAll(matrix, i -> random.nextGaussian());
    return matrix;
  }

  /** a·aᵀ of a [size, rank]. */
  private static double[] square(double[] a, int size, int rank) {
    double[] out = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < rank; k++) {
          out[i * size + j] += a[i * rank + k] * a[j * rank + k];
        }
      }
    }
    return out;
  }

  private static double[] sorted(double[] values) {
    Arrays.sort(values);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "7,7", "40,40", "40,12", "33,1"})
  void theRootTimesItselfIsTheMatrixAlsoOfLowRank(int size, int rank) {
    double[] matrix = square(random(size, rank, size), size, rank);
    double[] root = OneSidedJacobi.root(matrix, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(root[i * size + j]).isCloseTo(root[j * size + i], within(ROUNDING));
      }
    }
    // The root of a small value carries the rounding of the largest, some hundred of them here.
    double roundings = ROUNDING * size * size;
    assertThat(square(root, size, size)).containsExactly(matrix, within(roundings));
  }

  @Test
  void theRootOfSquaresIsKnown() {
    // (2 1; 1 2)² = (5 4; 4 5).
    assertThat(OneSidedJacobi.root(new double[] {5, 4, 4, 5}, 2))
        .containsExactly(new double[] {2, 1, 1, 2}, within(ROUNDING));
    assertThat(OneSidedJacobi.root(new double[9], 3)).containsOnly(0);
  }

  @Test
  void singularValuesOfATurnedAndStretchedMatrixAreItsStretches() {
    // (0.6 −0.8; 0.8 0.6) · diag(3, 0.25) · (0 1; 1 0).
    double[] matrix = {-0.2, 1.8, 0.15, 2.4};
    assertThat(sorted(OneSidedJacobi.singularValues(matrix, 2)))
        .containsExactly(new double[] {0.25, 3}, within(ROUNDING));
  }

  @Test
  void singularValuesHaveTheNormAndTheDeterminantOfTheMatrix() {
    // Rows (2 0 1), (1 3 0), (0 1 −1): determinant 2·(−3) + 1·1 = −5, squares 4+1+1+9+1+1 = 17.
    double[] values = OneSidedJacobi.singularValues(new double[] {2, 0, 1, 1, 3, 0, 0, 1, -1}, 3);
    assertThat(values[0] * values[1] * values[2]).isCloseTo(5, within(ROUNDING));
    assertThat(Arrays.stream(values).map(v -> v * v).sum()).isCloseTo(17, within(ROUNDING));
  }

  @Test
  void singularValuesOfASquareAreThoseOfItsFactorSquared() {
    int size = 30;
    double[] factor = random(size, size, 8);
    double[] ofFactor = sorted(OneSidedJacobi.singularValues(factor, size));
    double[] ofSquare = sorted(OneSidedJacobi.singularValues(square(factor, size, size), size));
    for (int i = 0; i < size; i++) {
      assertThat(ofSquare[i]).isCloseTo(ofFactor[i] * ofFactor[i], within(ROUNDING));
    }
  }

  @Test
  void whatIsMissingFromTheRankIsZero() {
    int size = 20;
    int rank = 13;
    double[] singular =
        sorted(OneSidedJacobi.singularValues(square(random(size, rank, 2), size, rank), size));
    assertThat(singular[size - rank - 1]).isLessThan(ROUNDING);
    assertThat(singular[size - rank]).isGreaterThan(LEAST_SQUARE);
  }
}
