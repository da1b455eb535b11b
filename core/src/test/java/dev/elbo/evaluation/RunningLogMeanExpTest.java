package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningLogMeanExpTest {
  /** Of some thousand additions in double, on sums of size one. */
  private static final double ROUNDING = 1e-12;

  private static double running(double... numbers) {
    RunningLogMeanExp mean = new RunningLogMeanExp();
    for (double w : numbers) {
      mean.add(w);
    }
    assertThat(mean.count()).isEqualTo(numbers.length);
    return mean.value();
  }

  /** The textbook's: the largest of all is known before. */
  private static double inOneShot(double... numbers) {
    double largest = Arrays.stream(numbers).max().orElseThrow();
    double sum = Arrays.stream(numbers).map(w -> StrictMath.exp(w - largest)).sum();
    return largest + StrictMath.log(sum / numbers.length);
  }

  @Test
  void itIsTheOneShotInWhateverOrder() {
    Random random = new Random(3);
    double[] numbers = random.doubles(5000, -800, -700).toArray();
    double expected = inOneShot(numbers);
    assertThat(running(numbers)).isCloseTo(expected, within(ROUNDING));
    Arrays.sort(numbers);
    assertThat(running(numbers)).isCloseTo(expected, within(ROUNDING));
  }

  @Test
  void numbersWhoseExponentialsOverflowOrVanishAreNoTrouble() {
    assertThat(running(2000, 2000)).isEqualTo(2000);
    assertThat(running(-2000, -2000, -2000, -2000)).isEqualTo(-2000);
    double half = StrictMath.log(2);
    assertThat(running(1e6, -1e6)).isCloseTo(1e6 - half, within(1e-9));
    assertThat(running(-1e6, 1e6)).isCloseTo(1e6 - half, within(1e-9));
  }

  @Test
  void aSingleNumberIsItself() {
    assertThat(running(-86.76)).isEqualTo(-86.76);
  }

  /** Each of them is far below the largest, and together they move the sum. */
  @Test
  void manySmallOnesCount() {
    RunningLogMeanExp mean = new RunningLogMeanExp();
    mean.add(0);
    for (int i = 0; i < 1_000_000; i++) {
      mean.add(-20);
    }
    double expected = StrictMath.log((1 + 1e6 * StrictMath.exp(-20)) / 1_000_001);
    // A million roundings of half an ulp of 1.
    assertThat(mean.value()).isCloseTo(expected, within(1e6 * 0x1p-53));
  }

  @Test
  void aWeightOfZeroCountsAndNaNStays() {
    assertThat(running(Double.NEGATIVE_INFINITY, 0)).isCloseTo(-StrictMath.log(2), within(1e-15));
    assertThat(running(0, Double.NaN, 1)).isNaN();
    assertThat(running(Double.NaN)).isNaN();
  }
}
