package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.data.DataSet;
import dev.elbo.data.Parts;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.HeapTrim;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What training and resuming show and leave: remarks, progress, the plot, the last lines. */
final class TrainingOutput {
  private static final int STOPPED = 130;

  @Option(names = "--quiet", order = 140, description = "no progress and no remarks")
  private boolean quiet;

  @Option(names = "--json", order = 141, description = "print the result as JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  Console console() {
    return Console.of(quiet);
  }

  /** Trains to the end or until Ctrl-C and says what came of it; returns the exit code. */
  int train(TrainingRun run, Console console) {
    int code = trainWithoutReport(run, console);
    if (code == 0) {
      report(run);
    }
    return code;
  }

  /** As {@link #train}, for one of several runs. */
  int trainWithoutReport(TrainingRun run, Console console) {
    Config config = run.trainer().config();
    describe(run, console);
    try (Interruption interruption = new Interruption();
        TrainingDisplay display = new TrainingDisplay(console, config)) {
      boolean ended =
          run.train(
              display.andThen(new HeapTrim()),
              interruption,
              () -> plot(run).ifPresent(console::say));
      display.close();
      if (!ended) {
        plot(run);
        console
            .err()
            .println(
                "stopped after step %s; all is saved: elbo resume %s goes on"
                    .formatted(Numbers.grouped(run.trainer().step()), run.folder().path()));
        return STOPPED;
      }
      return 0;
    }
  }

  void describe(TrainingRun run, Console console) {
    Config config = run.trainer().config();
    DataSet data = run.trainer().data();
    Parts parts = run.trainer().parts();
    console.say(
        "data: %s, %s%s + %s %s images of %d×%d (%s)"
            .formatted(
                data.name(),
                Numbers.grouped(parts.train().count()),
                parts
                    .validation()
                    .map(part -> " + " + Numbers.grouped(part.count()) + " (validation)")
                    .orElse(""),
                Numbers.grouped(data.test().count()),
                parts.binarization(),
                data.train().height(),
                data.train().width(),
                data.location()));
    console.say(
        "model: %d-%s-%s, %s, %s likelihood; %s"
            .formatted(
                config.vae().inputSize(),
                ConfigKey.HIDDEN_SIZE.text(config).orElseThrow(),
                ConfigKey.LATENT_SIZE.text(config).orElseThrow(),
                config.vae().activation(),
                config.vae().likelihood(),
                weight(config)));
    String options = options(config);
    if (!options.isEmpty()) {
      console.say("with: " + options);
    }
    console.say(
        "kernels: %s; writing %s"
            .formatted(KernelChoice.chosen().kernels().description(), run.folder().path()));
  }

  /** The values that few trainings change, where this one does. */
  private static String options(Config config) {
    return Stream.of(ConfigKey.values())
        .filter(key -> key.compareTo(ConfigKey.BINARIZATION) > 0)
        .filter(key -> !key.text(config).equals(key.text(Config.DEFAULT)))
        .map(key -> key.key() + " " + key.text(config).orElseThrow())
        .collect(Collectors.joining(", "));
  }

  /** {@code alpha 0.001 = beta 0.784}, and for the Gaussian the σ at which beta would be 1. */
  static String weight(Config config) {
    KlWeight weight = config.klWeight();
    String both =
        "alpha %s = beta %s"
            .formatted(
                Numbers.text(rounded(weight.alpha(config.vae()))),
                Numbers.text(rounded(weight.beta(config.vae()))));
    return config.vae().likelihood() == LikelihoodKind.GAUSSIAN
        ? both
            + " at sigma 1, the same as beta 1 at sigma "
            + Numbers.fixed(weight.sigmaOfUnitBeta(config.vae()), 4)
        : both;
  }

  private static double rounded(double x) {
    return Double.parseDouble(Numbers.fixed(x, 9));
  }

  static Optional<String> plot(TrainingRun run) {
    List<LossPlot.Epoch> epochs =
        run.metrics().stream()
            .map(
                row ->
                    new LossPlot.Epoch(
                        row.epoch(),
                        row.train().loss(),
                        row.train().reconstruction(),
                        row.train().kl(),
                        row.testLoss(),
                        row.test().reconstruction(),
                        row.test().kl()))
            .toList();
    Path folder = run.folder().path();
    try {
      return LossPlot.write(epochs, "Training on " + run.trainer().data().name(), folder);
    } catch (IOException e) {
      throw FileProblem.of(folder.resolve("loss.png"), "could not be drawn", e);
    }
  }

  void report(TrainingRun run) {
    EpochMetrics last =
        EpochMetrics.result(run.metrics())
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: expected a row an epoch, found none; the run is complete all the same"
                            .formatted(run.folder().metrics())));
    if (json) {
      ObjectNode object = Json.object();
      object.put("run", run.folder().path().toString());
      object.put("model", run.folder().model().toString());
      object.put("epoch", last.epoch());
      object.put("step", last.step());
      object.put("seconds", Json.number(last.seconds()));
      object.put("binarization", run.trainer().parts().binarization().toString());
      object.put("test_loss", Json.number(last.testLoss()));
      object.put("test_reconstruction", Json.number(last.test().reconstruction()));
      object.put("test_kl", Json.number(last.test().kl()));
      object.put("kl_is_sampled", !run.trainer().config().vae().hasExactKl());
      object.put("test_elbo", Json.number(last.test().elbo()));
      object.put("test_mse", Json.number(last.test().mse()));
      object.put("active_units", last.test().activeUnits());
      Json.print(object);
      return;
    }
    if (last.validation().isPresent()) {
      System.out.println(
          "epoch %d was the best on the validation images, with a loss of %s"
              .formatted(last.epoch(), Numbers.fixed(last.validation().get().loss(), 2)));
    }
    System.out.println(
        "test set: reconstruction %s + %s %s = %s nats per image, a bound on the %s;%n  MSE %s per pixel, %d of %d dimensions active"
            .formatted(
                Numbers.fixed(last.test().reconstruction(), 2),
                run.trainer().config().vae().klName(),
                Numbers.fixed(last.test().kl(), 2),
                Numbers.fixed(-last.test().elbo(), 2),
                run.trainer().config().nllName(),
                Numbers.fixed(last.test().mse(), 5),
                last.test().activeUnits(),
                run.trainer().config().vae().latentSize()));
    System.out.println(
        "wrote %s: model.safetensors, image.png, generated.png, loss.png, metrics.csv"
            .formatted(run.folder().path()));
  }
}
