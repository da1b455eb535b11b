package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.RunLock;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.DataSet;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.ScheduleKind;
import dev.elbo.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run that is to go on: opened and locked, not yet training. The number of epochs may grow; any
 * other change of its configuration is an error, since the result would belong to neither.
 */
public final class Resumption implements AutoCloseable {
  private final RunFolder folder;
  private final RunLock lock;
  private final TrainingState state;
  private Config config;
  private boolean handedOver;

  private Resumption(RunFolder folder, RunLock lock, TrainingState state) {
    this.folder = folder;
    this.lock = lock;
    this.state = state;
    this.config = state.config();
  }

  /**
   * @param notice told where the newest checkpoint was damaged and an older one is used
   */
  public static Resumption open(RunFolder folder, Consumer<String> notice) {
    RunLock lock = folder.open();
    try {
      Optional<Checkpoint> newest = folder.store().newest(notice);
      if (newest.isEmpty()) {
        throw new InputException(
            "%s: expected a checkpoint, found none; delete the directory and train again"
                .formatted(folder.checkpoints()));
      }
      String name = folder.checkpoints().toString();
      Resumption opened =
          new Resumption(folder, lock, TrainingState.of(newest.get().state(), name));
      opened.checkConfigFile();
      return opened;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The configuration of the run, with the changes made so far. */
  public Config config() {
    return config;
  }

  /** Where the data lay when the run was last worked on. */
  public Optional<Path> dataLocation() {
    return folder.dataLocation();
  }

  /** Takes flags: more epochs are welcome, the same values are no change, all else is refused. */
  public void change(Map<ConfigKey, Settings.Entry> flags) {
    Settings settings = Settings.of(config);
    settings.lay(flags);
    Config wanted = settings.config();
    refuseChanges(wanted, "the flags");
    extendTo(wanted.epochs());
  }

  private void checkConfigFile() {
    if (!Files.exists(folder.config())) {
      return;
    }
    String json;
    try {
      json = Files.readString(folder.config());
    } catch (IOException e) {
      throw FileProblem.of(folder.config(), "could not be read", e);
    }
    Config stored = ConfigJson.parse(json, folder.config().toString());
    refuseChanges(stored, folder.config().toString());
    extendTo(stored.epochs());
  }

  private void refuseChanges(Config wanted, String where) {
    for (ConfigKey key : ConfigKey.values()) {
      String before = key.text(config).orElse("none");
      String after = key.text(wanted).orElse("none");
      if (key != ConfigKey.NUM_EPOCHS && !before.equals(after)) {
        throw new InputException(
            "%s: expected %s as when the run began, found %s in %s; resume without it, or train anew"
                .formatted(key.key(), before, after, where));
      }
    }
  }

  private void extendTo(int epochs) {
    if (epochs < config.epochs()) {
      throw new InputException(
          "num_epochs: expected at least %d, as the run has, found %d; resume without it, or train anew"
              .formatted(config.epochs(), epochs));
    }
    ScheduleKind kind = config.schedule().kind();
    if (epochs > config.epochs() && kind.dependsOnTheEnd()) {
      throw new InputException(
          "num_epochs: expected %d, at which the schedule %s of the learning rate ends, found %d; resume without it, or train anew"
              .formatted(config.epochs(), kind, epochs));
    }
    config = config.withEpochs(epochs);
  }

  /** Whether there is nothing left to do. */
  public boolean isFinished() {
    return state.hasEnded(config) && modelIsOfTheEnd();
  }

  /** An extended run has a model of its first end, and a disk may have damaged it since. */
  private boolean modelIsOfTheEnd() {
    if (!Files.exists(folder.model())) {
      return false;
    }
    try {
      String name = folder.model().toString();
      ModelFile model = ModelFile.of(SafeTensors.read(folder.model()), name);
      return model.step() == state.resultStep() && model.config().equals(config);
    } catch (InputException e) {
      return false;
    }
  }

  /** Goes on; the data must be what the run began with. */
  public TrainingRun resume(DataSet data, int threads) {
    if (!data.sha256().equals(state.datasetSha256())) {
      throw new InputException(
          "%s: expected the data the run began with (sha256 %s…), found %s… in %s; give the folder with --data"
              .formatted(
                  folder.path(),
                  state.datasetSha256().substring(0, 12),
                  data.sha256().substring(0, 12),
                  data.location()));
    }
    TrainingRun run = TrainingRun.resume(folder, lock, state, config, data, threads);
    handedOver = true;
    return run;
  }

  @Override
  public void close() {
    if (!handedOver) {
      lock.close();
    }
  }
}
