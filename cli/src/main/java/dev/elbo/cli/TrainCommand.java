package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import dev.elbo.model.Vae;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
  private static final Path RUNS = Path.of("runs");

  private final ConfigFlags flags = new ConfigFlags();

  @Mixin private TrainingSources sources;
  @Mixin private Threads threads;
  @Mixin private TrainingOutput output;

  @Option(
      names = "--out",
      order = 121,
      paramLabel = "DIR",
      description = "run directory to make (runs/<date-time>)")
  private Path out;

  @Option(
      names = "--seeds",
      order = 125,
      paramLabel = "N",
      description = "train with N seeds, from --seed on; mean and deviation in seeds.csv")
  private Integer seeds;

  @Option(
      names = "--studio",
      order = 126,
      description = "show it live in the browser; the page stays until Ctrl-C")
  private boolean studio;

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
  public Integer call() throws InterruptedException {
    if (seeds != null && studio) {
      throw new InputException(
          "--studio: expected one training, found --seeds %d; leave one of them out"
              .formatted(seeds));
    }
    if (seeds != null) {
      SeedRuns.check(seeds);
    }
    Optional<ModelFile> model = sources.model();
    Settings settings = sources.settings(System.getenv(), model, flags.given());
    Config config = sources.config(settings, model);
    if (explain) {
      explain(settings, config);
      return 0;
    }
    Console console = output.console();
    Optional<Vae> weights = model.map(ModelFile::vae);
    Path folder = out == null ? RunFolder.newIn(RUNS).path() : out;
    if (seeds != null) {
      console.sayKernels();
      return new SeedRuns(folder, output, new RunSeries(output, console, threads.count()))
          .train(
              config.seed(),
              seeds,
              seed -> sources.prepare(config.with(ConfigKey.SEED, seed), settings, console),
              weights);
    }
    RunSeries.Prepared prepared = sources.prepare(config, settings, console);
    // Said, or refused, before anything is written.
    console.sayKernels();
    Supplier<TrainingRun> opening =
        () ->
            TrainingRun.start(
                new RunFolder(folder),
                prepared.config(),
                prepared.data(),
                weights,
                threads.count());
    if (studio) {
      return new StudioTraining(output, console)
          .train(new RunFolder(folder), sources.data(), threads.count(), opening);
    }
    try (TrainingRun run = opening.get()) {
      return output.train(run, console);
    }
  }

  private void explain(Settings settings, Config config) {
    Explanation explanation = new Explanation(System.getenv());
    explanation.configuration(settings, config, sources.data());
    explanation.threads(threads);
    explanation.data(sources.data());
    explanation.out(Optional.ofNullable(out));
    explanation.kernels(KernelChoice.chosen());
    explanation.print(output.json());
  }
}
