package dev.elbo.training;

import dev.elbo.data.DataSet;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;

/**
 * How long an epoch of a training takes on this machine, its test pass included. It is found by
 * training for some seconds, and what was trained is thrown away.
 *
 * @param secondsPerEpoch on as many threads as it was measured on
 */
public record Pace(double secondsPerEpoch) {
  private static final double NANOS = 1e9;

  /**
   * @param seconds to train for; the first half, in which code is compiled, does not count
   */
  public static Pace measure(Config config, DataSet data, int threads, double seconds) {
    long half = (long) (seconds / 2 * NANOS);
    try (Trainer trainer = new Trainer(config, data, Kernels.best(), threads)) {
      trainUntil(trainer, System.nanoTime() + half);
      long step = trainer.step();
      long began = System.nanoTime();
      trainUntil(trainer, began + half);
      double perStep = (System.nanoTime() - began) / NANOS / Math.max(1, trainer.step() - step);
      trainer.measure();
      long tested = System.nanoTime();
      trainer.measure();
      double test = (System.nanoTime() - tested) / NANOS;
      return new Pace(perStep * trainer.stepsPerEpoch() + test);
    }
  }

  private static void trainUntil(Trainer trainer, long end) {
    trainer.run(event -> {}, () -> System.nanoTime() >= end);
  }

  /** How many epochs fit into so many minutes, at least one. */
  public int epochsIn(double minutes) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, minutes * 60 / secondsPerEpoch));
  }
}
