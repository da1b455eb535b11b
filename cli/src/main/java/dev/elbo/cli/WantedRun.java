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
 * A run that a command needs: begun where it is not there, gone on with where it was stopped, and
 * kept where it is finished, so that the same command ends what it began.
 */
record WantedRun(RunFolder folder, Config config, DataSet data) {

  /** Returns the exit code. */
  int train(Optional<Vae> from, TrainingOutput output, Console console, int threads) {
    if (!folder.holdsRun()) {
      try (TrainingRun run = TrainingRun.start(folder, config, data, from, threads)) {
        return output.trainWithoutReport(run, console);
      }
    }
    try (Resumption resumption = Resumption.open(folder, console::say)) {
      requireSame(resumption.config());
      if (resumption.isFinished()) {
        console.say(folder.path() + " is finished");
        return 0;
      }
      try (TrainingRun run = resumption.resume(data, threads)) {
        return output.trainWithoutReport(run, console);
      }
    }
  }

  private void requireSame(Config found) {
    for (ConfigKey key : ConfigKey.values()) {
      if (!key.text(found).equals(key.text(config))) {
        throw new InputException(
            "%s: expected %s %s, found a run with %s; choose another --out"
                .formatted(
                    folder.path(),
                    key.key(),
                    key.text(config).orElse("none"),
                    key.text(found).orElse("none")));
      }
    }
  }
}
