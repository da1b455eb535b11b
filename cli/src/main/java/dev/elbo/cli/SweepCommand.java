package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.Images;
import dev.elbo.evaluation.MarginalLikelihood;
import dev.elbo.evaluation.NllEstimate;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo sweep}. */
@Command(
    name = "sweep",
    sortOptions = false,
    sortSynopsis = false,
    header = "Trains a run for each value of a key and compares them: rate against distortion.",
    description = {
      "elbo sweep --beta 0.1,0.25,0.5,1,2,4, or KEY=V1,V2,… with any flag of the configuration;"
          + " between sizes of layers stands a semicolon, \"hidden=128;200,200\". The other flags are"
          + " those of elbo train. The same command again trains only what is not finished."
    },
    modelTransformer = ConfigFlags.Adding.class)
final class SweepCommand implements Callable<Integer>, ConfigFlags.Command {
  private final ConfigFlags flags = new ConfigFlags();

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY=V1,V2,…",
      description = "the values, unless a flag has them")
  private String assignment;

  @Mixin private TrainingSources sources;
  @Mixin private Threads threads;
  @Mixin private TrainingOutput output;

  @Option(
      names = "--nll-samples",
      order = 119,
      paramLabel = "N",
      description = "measure the marginal likelihood of each run too, with N draws an image")
  private Integer nllSamples;

  @Option(
      names = "--out",
      order = 121,
      paramLabel = "DIR",
      description = "folder of the runs (runs/sweep-KEY)")
  private Path out;

  @Override
  public ConfigFlags configFlags() {
    return flags;
  }

  @Override
  public Integer call() {
    if (nllSamples != null) {
      PictureOutput.checkRange("--nll-samples", nllSamples, 1, MarginalLikelihood.MOST_SAMPLES);
    }
    int workers = threads.count();
    Map<ConfigKey, Settings.Entry> fixed = new EnumMap<>(ConfigKey.class);
    fixed.putAll(flags.given());
    SweptKey swept = SweptKey.of(Optional.ofNullable(assignment), fixed);
    Optional<ModelFile> model = sources.model();
    Map<String, Settings> byValue = settings(swept, fixed, model);
    Console console = output.console();
    console.sayKernels();
    Path folder = out == null ? Path.of("runs", "sweep-" + swept.name()) : out;
    RunSeries series = new RunSeries(output, console, workers);
    List<SweepSummary.Row> rows = new ArrayList<>();
    for (Map.Entry<String, Settings> entry : byValue.entrySet()) {
      Settings settings = entry.getValue();
      RunSeries.Prepared prepared = sources.prepare(settings.config(), settings, console);
      RunFolder run = new RunFolder(folder.resolve(swept.name() + "-" + entry.getKey()));
      int code = series.train(run, prepared, model.map(ModelFile::vae));
      if (code != 0) {
        return code;
      }
      rows.add(row(entry.getKey(), run, prepared, workers, console));
    }
    SweepSummary summary = new SweepSummary(swept, rows);
    summary.write(folder, console);
    summary.print(folder, output.json());
    return 0;
  }

  /** The settings of each value; all are checked before the first one trains. */
  private Map<String, Settings> settings(
      SweptKey swept, Map<ConfigKey, Settings.Entry> fixed, Optional<ModelFile> model) {
    Map<String, Settings> byValue = new LinkedHashMap<>();
    for (String value : swept.values()) {
      Map<ConfigKey, Settings.Entry> given = new EnumMap<>(fixed);
      given.put(swept.key(), new Settings.Entry(value, swept.source()));
      Settings settings = sources.settings(System.getenv(), model, given);
      String text = text(swept.key(), sources.config(settings, model));
      if (byValue.put(text, settings) != null) {
        throw new InputException(
            "%s: expected values that differ, found %s twice; leave one out"
                .formatted(swept.key().key(), text));
      }
    }
    return byValue;
  }

  /** One text for all ways to write a number: 1, 1.0 and 1e0 are the same run. */
  private static String text(ConfigKey key, Config config) {
    String text = key.text(config).orElseThrow();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private SweepSummary.Row row(
      String value, RunFolder run, RunSeries.Prepared prepared, int workers, Console console) {
    EpochMetrics result =
        RunSummary.of(run)
            .result()
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: expected a row an epoch, found none; choose another --out"
                            .formatted(run.metrics())));
    Optional<NllEstimate> nll =
        Optional.ofNullable(nllSamples).map(n -> nll(run, prepared, n, workers, console));
    return new SweepSummary.Row(value, prepared.config(), result.test(), nll);
  }

  private static NllEstimate nll(
      RunFolder run, RunSeries.Prepared prepared, int samples, int workers, Console console) {
    Config config = prepared.config();
    Images test = config.data().binarization().ofTest(prepared.data().test(), config.seed());
    List<NllEstimate> estimates =
        new ModelEvaluation(ModelChoice.named(run.path()), samples, workers, console)
            .on(test)
            .nll();
    return estimates.get(estimates.size() - 1);
  }
}
