package dev.elbo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.elbo.InputException;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.data.Binarization;
import dev.elbo.data.DataSet;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo train}. */
@Command(
    name = "train",
    sortOptions = false,
    sortSynopsis = false,
    description = "Trains a model and writes a run directory with pictures.",
    footer = {
      "",
      "A value is taken from the first that has it: flag, variable (ELBO_BATCH_SIZE, ELBO_LR, …),"
          + " --config file, default. --explain shows where each came from."
    },
    modelTransformer = ConfigFlags.Adding.class)
final class TrainCommand implements Callable<Integer>, ConfigFlags.Command {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  /** A configuration is a few lines. */
  private static final long LARGEST_CONFIG = 1 << 20;

  private final ConfigFlags flags = new ConfigFlags();

  @Mixin private Threads threads;
  @Mixin private TrainingOutput output;

  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where data lies: a folder of data sets, or of your own IDX files")
  private Path data;

  @Option(
      names = "--out",
      order = 121,
      paramLabel = "DIR",
      description = "run directory to make (runs/<date-time>)")
  private Path out;

  @Option(
      names = "--config",
      order = 122,
      paramLabel = "FILE",
      description = "a configuration file")
  private Path configFile;

  @Option(
      names = "--explain",
      order = 124,
      description = "print every value with its source, then end")
  private boolean explain;

  @Override
  public ConfigFlags configFlags() {
    return flags;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Settings settings = settings(System.getenv());
    Config config = settings.config();
    if (explain) {
      explain(settings, config);
      return 0;
    }
    Console console = output.console();
    Optional<String> name =
        config.dataset().isEmpty() ? Optional.empty() : Optional.of(config.dataset());
    DataSet set = Data.load(console, name, Optional.ofNullable(data), config.seed());
    Config fitted = fit(config, settings, set);
    // Said, or refused, before anything is written.
    console.sayKernels();
    RunFolder folder = new RunFolder(out == null ? newFolder() : out);
    try (TrainingRun run = TrainingRun.start(folder, fitted, set, threads.count())) {
      return output.train(run, console);
    }
  }

  private void explain(Settings settings, Config config) throws JsonProcessingException {
    Explanation explanation = new Explanation(System.getenv());
    explanation.configuration(settings, config, Optional.ofNullable(data));
    explanation.threads(threads);
    explanation.data(Optional.ofNullable(data));
    explanation.out(Optional.ofNullable(out));
    explanation.kernels(KernelChoice.chosen());
    explanation.print(output.json());
  }

  private Settings settings(Map<String, String> environment) {
    Settings settings = Settings.defaults();
    if (configFile != null) {
      settings.lay(ConfigJson.read(read(configFile), configFile.toString()));
    }
    settings.layEnvironment(environment);
    settings.lay(flags.given());
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

  /** The input size is the data's, unless somebody asked for another one. */
  private static Config fit(Config config, Settings settings, DataSet set) {
    int pixels = set.train().size();
    if (settings.isChosen(ConfigKey.INPUT_SIZE) && config.vae().inputSize() != pixels) {
      throw new InputException(
          "input_size: expected %d, as the images of %s have %d×%d pixels, found %d (from %s); leave it out"
              .formatted(
                  pixels,
                  set.name(),
                  set.train().height(),
                  set.train().width(),
                  config.vae().inputSize(),
                  settings.entries().get(ConfigKey.INPUT_SIZE).source()));
    }
    Config fitted = config.withVae(config.vae().withInputSize(pixels)).withDataset(set.name());
    return set.isBinarized() && !settings.isChosen(ConfigKey.BINARIZATION)
        ? fitted.with(ConfigKey.BINARIZATION, Binarization.STATIC)
        : fitted;
  }

  /** {@code runs/<date-time>}, with a number behind where two begin in the same second. */
  private static Path newFolder() {
    Path runs = Path.of("runs");
    String name = NAME.format(LocalDateTime.now());
    Path folder = runs.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = runs.resolve(name + "-" + i);
    }
    return folder;
  }
}
