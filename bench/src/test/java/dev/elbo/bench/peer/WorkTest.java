package dev.elbo.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Images;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {
  /** MNIST's training images have 80.9% zeros. */
  private static final double ZEROS = 0.81;

  private static final double ZEROS_TOLERANCE = 0.02;

  @Test
  void theDefaultStepTakes147MillionOperations() {
    assertThat(Work.Step.DEFAULT.weights()).isEqualTo(2 * 784 * 128 + 3 * 128 * 64);
    assertThat(Work.Step.DEFAULT.flop()).isEqualTo(2.0 * 128 * (3 * 225_280 - 784 * 128));
  }

  @Test
  void workSurvivesItsLine() {
    Work.Step step = new Work.Step(List.of(64, 32), 8, 16, 100);
    Work.Gemm gemm = new Work.Gemm(3, 5, 7, true);

    assertThat(Work.parse(step.line())).isEqualTo(step);
    assertThat(Work.parse(gemm.line())).isEqualTo(gemm);
    assertThat(gemm.flop()).isEqualTo(210);
  }

  @Test
  void aLapEndsWithItsStepsOrItsTimeButNeverBeforeOneStep() {
    assertThat(Lap.of(3, Long.MAX_VALUE, () -> 2).steps()).isEqualTo(3);
    assertThat(Lap.of(3, Long.MAX_VALUE, () -> 2).loss()).isEqualTo(2);
    assertThat(Lap.of(1000, 0, () -> 2).steps()).isEqualTo(1);
  }

  @Test
  void imagesMadeHereHaveAsManyZerosAsMnist() {
    Images rings = Digits.rings(500);
    int zeros = 0;
    for (byte pixel : rings.pixels()) {
      zeros += pixel == 0 ? 1 : 0;
    }

    assertThat((double) zeros / rings.pixels().length).isCloseTo(ZEROS, within(ZEROS_TOLERANCE));
  }
}
