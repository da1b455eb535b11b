package dev.elbo.bench;

import dev.elbo.InputException;
import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.ElboStep;
import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.Work;
import dev.elbo.data.Images;
import dev.elbo.data.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench phases}. */
@Command(
    name = "phases",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Where the time of a training step goes, by a sampling profiler.")
final class PhasesCommand implements Callable<Integer> {
  private static final long MOST_SECONDS = 600;

  @Mixin private RunOptions options;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "of sampling, on one thread and on all (15)")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5000",
      description = "steps before (5000)")
  private int warmUp;

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new InputException(
          "--seconds: expected from 1 to %d, found %d; 15 gives some thousand samples"
              .formatted(MOST_SECONDS, seconds));
    }
    Images images = Digits.load(options.data(), Role.TRAIN_IMAGES);
    FmaPeak peak = new FmaPeak();
    Table table =
        new Table(
            new Table.Column("threads", "threads", 0),
            new Table.Column("phase", "phase", Table.TEXT),
            new Table.Column("share, %", "percent", 1),
            new Table.Column("µs a step, all threads", "micros", 1),
            new Table.Column("floor, µs", "floor_micros", 1));
    Report report = new Report("A training step by phases, default configuration", table);
    double density = density(images);
    for (int count : options.oneAndAll()) {
      peak.measure(1);
      try (ElboStep task = new ElboStep(Work.Step.DEFAULT, images, count)) {
        task.run(warmUp, Long.MAX_VALUE);
        StepSamples samples = StepSamples.during(() -> lap(task));
        double micros = 1e-3 * samples.lap().nanos() / samples.lap().steps();
        for (StepPhase phase : StepPhase.values()) {
          double share = samples.share(phase);
          double flop = phase.flop(density);
          Double floor = flop > 0 ? flop / (1e3 * peak.gigaflops(1)) : null;
          table.add(count, phase.title(), 100 * share, share * count * micros, floor);
        }
        report.figure("micros_per_step_" + count, micros);
        report.remark(
            "%d thread%s: %d µs a step, %d samples."
                .formatted(count, count == 1 ? "" : "s", Math.round(micros), samples.count()));
      }
    }
    report.remark(
        "Floor: the multiply-adds of the phase at one core's peak, measured here, %d GFLOP/s; zeros that are left out (%d%% of the input) do not count."
            .formatted(Math.round(peak.gigaflops(1)), Math.round(100 * (1 - density))));
    options.print(report);
    return 0;
  }

  private Lap lap(ElboStep task) {
    return task.run(Integer.MAX_VALUE, seconds * 1_000_000_000L);
  }

  /** The share of pixels that are not zero. */
  private static double density(Images images) {
    long nonZero = 0;
    for (byte pixel : images.pixels()) {
      nonZero += pixel == 0 ? 0 : 1;
    }
    return (double) nonZero / images.pixels().length;
  }
}
