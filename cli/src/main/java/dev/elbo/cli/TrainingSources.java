package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Preset;
import dev.elbo.model.Settings;
import dev.elbo.training.DataShape;
import dev.elbo.training.TrainingRun;
import dev.elbo.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a training's values and its data come from. */
final class TrainingSources {
  /** What tensors have their sizes from. */
  private static final List<ConfigKey> SHAPE =
      List.of(
          ConfigKey.INPUT_SIZE,
          ConfigKey.HIDDEN_SIZE,
          ConfigKey.LATENT_SIZE,
          ConfigKey.PRIOR,
          ConfigKey.PSEUDO_INPUTS,
          ConfigKey.CONDITIONAL,
          ConfigKey.CLASSES);

  /** What training from a model takes from it, unless told otherwise. */
  private static final List<ConfigKey> OF_THE_MODEL =
      List.of(
          ConfigKey.INPUT_SIZE,
          ConfigKey.HIDDEN_SIZE,
          ConfigKey.LATENT_SIZE,
          ConfigKey.ACTIVATION,
          ConfigKey.LIKELIHOOD,
          ConfigKey.PRIOR,
          ConfigKey.PSEUDO_INPUTS,
          ConfigKey.CONDITIONAL,
          ConfigKey.CLASSES);

  /** A configuration is a few lines. */
  private static final long LARGEST_CONFIG = 1 << 20;

  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where data lies: a folder of data sets, or of your own IDX files")
  private Path data;

  @Option(
      names = "--config",
      order = 122,
      paramLabel = "FILE",
      description = "a configuration file")
  private Path configFile;

  @Option(
      names = "--preset",
      order = 123,
      paramLabel = "NAME",
      description = "begin from a configuration inside the program; elbo presets lists them")
  private String preset;

  @Option(
      names = "--from",
      order = 124,
      paramLabel = "MODEL",
      description = "begin from the weights of a run or a .safetensors file, and its shape")
  private Path from;

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /** The model to begin from. */
  Optional<ModelFile> model() {
    return Optional.ofNullable(from).map(path -> ModelChoice.named(path).model());
  }

  /** The configuration of these settings, which fits the model to begin from. */
  Config config(Settings settings, Optional<ModelFile> model) {
    Config config = settings.config();
    model.ifPresent(begun -> requireShape(begun, config));
    return config;
  }

  /** Loads the data, and fits the configuration to it. */
  RunSeries.Prepared prepare(Config config, Settings settings, Console console) {
    Optional<String> name =
        config.dataset().isEmpty() ? Optional.empty() : Optional.of(config.dataset());
    DataSet set = WarmUp.during(config, () -> Data.load(console, name, data(), config.seed()));
    return new RunSeries.Prepared(DataShape.fit(config, settings, set), set);
  }

  /** The shape is the model's, unless somebody asked for another one, which does not fit. */
  private void requireShape(ModelFile model, Config config) {
    for (ConfigKey key : SHAPE) {
      String theirs = key.text(model.config()).orElseThrow();
      String ours = key.text(config).orElseThrow();
      if (!theirs.equals(ours)) {
        throw new InputException(
            "%s: expected %s as %s has, found %s; leave it out with --from"
                .formatted(key.key(), theirs, from, ours));
      }
    }
  }

  /**
   * @param flags the values given as flags
   */
  Settings settings(
      Map<String, String> environment,
      Optional<ModelFile> model,
      Map<ConfigKey, Settings.Entry> flags) {
    Settings settings = Settings.defaults();
    if (preset != null) {
      settings.lay(Preset.of(preset).values());
    }
    model.ifPresent(
        begun -> {
          for (ConfigKey key : OF_THE_MODEL) {
            settings.lay(key, key.text(begun.config()).orElseThrow(), "--from");
          }
          settings.lay(ConfigKey.FROM_SHA256, TrainingRun.digest(begun.vae()), "--from");
        });
    if (configFile != null) {
      settings.lay(ConfigJson.read(read(configFile), configFile.toString()));
    }
    settings.layEnvironment(environment);
    settings.lay(flags);
    return settings;
  }

  private static String read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST_CONFIG) {
        throw new InputException(
            "%s: expected a configuration of at most 1 MB, found %d bytes; give another file"
                .formatted(file, Files.size(file)));
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InputException(
            "%s: expected a configuration file, found something else; give a JSON file"
                .formatted(file));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be read", e);
    }
  }
}
