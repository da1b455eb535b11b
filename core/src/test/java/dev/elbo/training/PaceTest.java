package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest
  @CsvSource({"1, 10, 6", "0.05, 10, 1", "0.5, 0.25, 120", "1, 59, 1", "2, 59, 2"})
  void aBudgetIsWholeEpochsAndAtLeastOne(double minutes, double secondsPerEpoch, int epochs) {
    assertThat(new Pace(secondsPerEpoch).epochsIn(minutes)).isEqualTo(epochs);
  }

  /** Against epochs that are timed one after another; a shared machine is allowed a factor of 5. */
  @Test
  void aMeasuredEpochIsAboutAsLongAsAnEpoch() {
    double told = Pace.measure(Runs.config(1_000_000, 0.003), Runs.DATA, 1, 1).secondsPerEpoch();
    int epochs = 200;
    try (Trainer trainer =
        new Trainer(Runs.config(2 * epochs, 0.003), Runs.DATA, Kernels.best(), 1)) {
      trainer.run(event -> {}, () -> trainer.epoch() > epochs);
      long began = System.nanoTime();
      trainer.run(event -> {}, () -> false);
      double real = (System.nanoTime() - began) / 1e9 / epochs;
      assertThat(Math.log(told / real)).isCloseTo(0, within(Math.log(5)));
    }
  }
}
