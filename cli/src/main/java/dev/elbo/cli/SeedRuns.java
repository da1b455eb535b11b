package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.model.Vae;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One training with several seeds: a run directory each, {@code seed-0} and so on in one folder,
 * and {@code seeds.csv}. What is finished there is kept and what was stopped goes on, so that the
 * same command ends what it began.
 */
final class SeedRuns {
  private static final int MOST = 1000;

  private final Path folder;
  private final TrainingOutput output;
  private final RunSeries series;

  SeedRuns(Path folder, TrainingOutput output, RunSeries series) {
    this.folder = folder;
    this.output = output;
    this.series = series;
  }

  static void check(int count) {
    if (count < 1 || count > MOST) {
      throw new InputException(
          "--seeds: expected a whole number from 1 to %d, found %d; change it"
              .formatted(MOST, count));
    }
  }

  /** Trains with {@code count} seeds from {@code first} on; returns the exit code. */
  int train(long first, int count, LongFunction<RunSeries.Prepared> prepare, Optional<Vae> from) {
    List<RunSummary> runs = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      RunFolder run = new RunFolder(folder.resolve("seed-" + seed));
      int code = series.train(run, prepare.apply(seed), from);
      if (code != 0) {
        return code;
      }
      runs.add(RunSummary.of(run));
    }
    SeedsSummary summary = new SeedsSummary(runs);
    summary.write(folder.resolve("seeds.csv"));
    summary.print(folder, output.json());
    return 0;
  }
}
