package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Binarization;
import dev.elbo.data.DataSet;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Preset;
import dev.elbo.model.Settings;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.training.DataShape;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import dev.elbo.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
          + " --config file, --from, --preset, default. --explain shows where each came from."
    },
    modelTransformer = ConfigFlags.Adding.class)
final class TrainCommand implements Callable<Integer>, ConfigFlags.Command {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

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

  @Option(
      names = "--seeds",
      order = 125,
      paramLabel = "N",
      description = "train with N seeds, from --seed on; mean and deviation in seeds.csv")
  private Integer seeds;

  @Option(
      names = "--explain",
      order = 127,
      description = "print every value with its source, then end")
  private boolean explain;

  @Override
  public ConfigFlags configFlags() {
    return flags;
  }

  @Override
  public Integer call() {
    if (seeds != null) {
      SeedRuns.check(seeds);
    }
    Optional<ModelFile> model =
        Optional.ofNullable(from).map(path -> ModelChoice.named(path).model());
    Settings settings = settings(System.getenv(), model);
    Config config = settings.config();
    model.ifPresent(begun -> requireShape(begun, config));
    if (explain) {
      explain(settings, config);
      return 0;
    }
    Console console = output.console();
    Optional<Vae> weights = model.map(ModelFile::vae);
    Path folder = out == null ? newFolder() : out;
    if (seeds != null) {
      console.sayKernels();
      return new SeedRuns(folder, output, console, threads.count())
          .train(
              config.seed(),
              seeds,
              seed -> prepare(config.with(ConfigKey.SEED, seed), settings, console),
              weights);
    }
    SeedRuns.Prepared prepared = prepare(config, settings, console);
    // Said, or refused, before anything is written.
    console.sayKernels();
    try (TrainingRun run =
        TrainingRun.start(
            new RunFolder(folder), prepared.config(), prepared.data(), weights, threads.count())) {
      return output.train(run, console);
    }
  }

  private SeedRuns.Prepared prepare(Config config, Settings settings, Console console) {
    Optional<String> name =
        config.dataset().isEmpty() ? Optional.empty() : Optional.of(config.dataset());
    DataSet set =
        WarmUp.during(
            config, () -> Data.load(console, name, Optional.ofNullable(data), config.seed()));
    return new SeedRuns.Prepared(fit(config, settings, set), set);
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

  private void explain(Settings settings, Config config) {
    Explanation explanation = new Explanation(System.getenv());
    explanation.configuration(settings, config, Optional.ofNullable(data));
    explanation.threads(threads);
    explanation.data(Optional.ofNullable(data));
    explanation.out(Optional.ofNullable(out));
    explanation.kernels(KernelChoice.chosen());
    explanation.print(output.json());
  }

  private Settings settings(Map<String, String> environment, Optional<ModelFile> model) {
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

  /** The input size and the classes are the data's, unless somebody asked for others. */
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
    VaeConfig shape = DataShape.fit(config.vae(), set);
    if (settings.isChosen(ConfigKey.CLASSES)) {
      shape = shape.withLabels(config.vae().labels());
    }
    Config fitted = config.withVae(shape).withDataset(set.name());
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
