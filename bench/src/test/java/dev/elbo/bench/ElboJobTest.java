package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElboJobTest {
  @Test
  void warmUpIsTheFirstEpochLessTheMedianOfTheLaterOnes() {
    // Epochs of 3, 1, 2 and 0.5 seconds.
    assertThat(ElboJob.warmUp(new double[] {3, 4, 6, 6.5})).isEqualTo(2);
  }

  @Test
  void oneEpochHasNoWarmUp() {
    assertThat(ElboJob.warmUp(new double[] {3})).isNaN();
  }
}
