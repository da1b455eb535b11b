package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.evaluation.TestFigures;
import org.junit.jupiter.api.Test;

class HeapTrimTest {
  private static final long MEGABYTE = 1L << 20;
  private static final TrainingEvent EPOCH =
      new TrainingEvent.EpochDone(
          new EpochMetrics(
              1,
              100,
              1,
              50_000,
              new EpochMetrics.TrainFigures(118, 90, 35),
              112,
              new TestFigures(86, 32, 0.01, 31)),
          new double[0]);

  /** 30 MB an epoch for 100 epochs, of which a collection leaves what was there at first. */
  @Test
  void memoryStaysWithinTheSpareHoweverManyEpochs() {
    long[] used = {100 * MEGABYTE};
    int[] collections = {0};
    HeapTrim trim =
        new HeapTrim(
            () -> used[0],
            () -> {
              used[0] = 110 * MEGABYTE;
              collections[0]++;
            });
    for (int epoch = 0; epoch < 100; epoch++) {
      used[0] += 30 * MEGABYTE;
      trim.accept(EPOCH);
      assertThat(used[0]).isLessThanOrEqualTo((130 + 256 + 30) * MEGABYTE);
    }
    assertThat(collections[0]).isBetween(5, 12);
  }

  @Test
  void aTrainingThatLeavesLittleIsNotHaltedForIt() {
    long[] used = {100 * MEGABYTE};
    HeapTrim trim =
        new HeapTrim(
            () -> used[0],
            () -> {
              throw new AssertionError("a collection was asked for");
            });
    for (int epoch = 0; epoch < 25; epoch++) {
      used[0] += 3 * MEGABYTE;
      trim.accept(EPOCH);
    }
  }
}
