package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.data.DataSet;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Vae;
import dev.elbo.training.Resumption;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.util.Optional;

/**
 * Runs that belong together, one after another. What is finished is kept and what was stopped goes
 * on, so that the same command ends what it began.
 */
record RunSeries(TrainingOutput output, Console console, int threads) {

  /** The data of a run, and the configuration that fits it. */
  record Prepared(Config config, DataSet data) {}

  /** Returns the exit code. */
  int train(RunFolder folder, Prepared prepared, Optional<Vae> from) {
    if (!folder.holdsRun()) {
      try (TrainingRun run =
          TrainingRun.start(folder, prepared.config, prepared.data, from, threads)) {
        return output.trainWithoutReport(run, console);
      }
    }
    try (Resumption resumption = Resumption.open(folder, console::say)) {
      requireSame(folder, resumption.config(), prepared.config);
      if (resumption.isFinished()) {
        console.say(folder.path() + " is finished");
        return 0;
      }
      try (TrainingRun run = resumption.resume(prepared.data, threads)) {
        return output.trainWithoutReport(run, console);
      }
    }
  }

  private static void requireSame(RunFolder folder, Config found, Config wanted) {
    for (ConfigKey key : ConfigKey.values()) {
      if (!key.text(found).equals(key.text(wanted))) {
        throw new InputException(
            "%s: expected %s %s, found a run with %s; choose another --out"
                .formatted(
                    folder.path(),
                    key.key(),
                    key.text(wanted).orElse("none"),
                    key.text(found).orElse("none")));
      }
    }
  }
}
