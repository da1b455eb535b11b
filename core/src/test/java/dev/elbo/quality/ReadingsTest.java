package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReadingsTest {
  @Test
  void evenClassesHaveTheLogOfTheirNumber() {
    assertThat(ClassBalance.entropy(new int[] {7, 7, 7, 7, 7}))
        .isCloseTo(StrictMath.log(5), within(1e-15));
    SampleFigures even = new SampleFigures(35, 1, StrictMath.log(5), 5, 0, 1, 1, 0, 0);
    assertThat(even.classBalance()).isEqualTo(1);
  }

  @Test
  void oneClassHasNone() {
    assertThat(ClassBalance.entropy(new int[] {0, 12, 0})).isZero();
  }

  @Test
  void aHalfAndTwoQuartersHaveOneAndAHalfBits() {
    assertThat(ClassBalance.entropy(new int[] {50, 25, 0, 25}))
        .isCloseTo(1.5 * StrictMath.log(2), within(1e-15));
  }

  @Test
  void onlyConfidenceAboveTheMarkCounts() {
    Readings readings =
        new Readings(
            Vectors.of(4, 1), new int[] {0, 2, 2, 1}, new double[] {0.95, 0.9, 0.91, 0.2}, 4);
    assertThat(readings.shareAbove(0.9)).isEqualTo(0.5);
    assertThat(readings.histogram()).containsExactly(1, 1, 2, 0);
  }

  @Test
  void everyOtherVectorMakesHalves() {
    Vectors line = Cloud.line(0, 1, 2, 3, 4);
    assertThat(line.everyOther(0).count()).isEqualTo(3);
    assertThat(line.everyOther(1).count()).isEqualTo(2);
    assertThat(line.everyOther(0).squaredNorm(2)).isEqualTo(16);
    assertThat(line.everyOther(1).squaredNorm(1)).isEqualTo(9);
  }
}
