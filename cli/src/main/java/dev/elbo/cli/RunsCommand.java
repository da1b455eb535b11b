package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo runs}. */
@Command(
    name = "runs",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Compares the runs in a folder: test figures in nats per image, and what differs from the"
            + " defaults.")
final class RunsCommand implements Callable<Integer> {
  /** Those with a column of their own. */
  private static final List<ConfigKey> SHOWN =
      List.of(
          ConfigKey.DATASET, ConfigKey.BINARIZATION, ConfigKey.NUM_EPOCHS, ConfigKey.INPUT_SIZE);

  private static final List<String> HEADER =
      List.of("run", "epochs", "data", "-elbo", "rec.", "KL", "MSE", "active", "configuration");

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "the folder of the runs (runs)")
  private Path folder = Path.of("runs");

  @Option(names = "--json", order = 141, description = "print them as JSON")
  private boolean json;

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "%s: expected a folder of runs, found %s; elbo train makes one"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    Console console = Console.of(false);
    List<RunSummary> runs = new ArrayList<>();
    for (RunFolder run : RunSummary.below(folder)) {
      try {
        runs.add(RunSummary.of(run));
      } catch (InputException e) {
        console.say("left out: " + e.getMessage());
      }
    }
    if (json) {
      ObjectNode object = Json.object();
      ArrayNode rows = object.putArray("runs");
      runs.forEach(run -> put(rows.addObject(), run));
      Json.print(object);
    } else {
      List<List<String>> table = new ArrayList<>(List.of(HEADER));
      runs.forEach(run -> table.add(row(run)));
      TextTable.print(table);
    }
    return 0;
  }

  private List<String> row(RunSummary run) {
    Config config = run.config();
    return List.of(
        folder.relativize(run.folder().path()).toString(),
        run.epochs() + "/" + config.epochs() + (run.finished() ? "" : " unfinished"),
        config.dataset() + " " + config.data().binarization(),
        figure(run, row -> Numbers.fixed(-row.test().elbo(), 2)),
        figure(run, row -> Numbers.fixed(row.test().reconstruction(), 2)),
        figure(run, row -> Numbers.fixed(row.test().kl(), 2)),
        figure(run, row -> Numbers.fixed(row.test().mse(), 5)),
        figure(run, row -> String.valueOf(row.test().activeUnits())),
        differences(config));
  }

  private static String figure(RunSummary run, Function<EpochMetrics, String> figure) {
    return run.result().map(figure).orElse("");
  }

  /** What is not as by default, by its key. */
  private static String differences(Config config) {
    return Stream.of(ConfigKey.values())
        .filter(key -> !SHOWN.contains(key))
        .filter(key -> !key.text(config).equals(key.text(Config.DEFAULT)))
        .flatMap(key -> key.text(config).map(text -> key.key() + " " + text).stream())
        .collect(Collectors.joining(", "));
  }

  private static void put(ObjectNode object, RunSummary run) {
    object.put("run", run.folder().path().toString());
    object.put("finished", run.finished());
    object.put("epochs", run.epochs());
    ObjectNode config = object.putObject("config");
    for (ConfigKey key : ConfigKey.values()) {
      key.text(run.config()).ifPresent(text -> config.put(key.key(), text));
    }
    Optional<EpochMetrics> result = run.result();
    if (result.isPresent()) {
      EpochMetrics row = result.get();
      object.put("epoch", row.epoch());
      object.put("test_loss", Json.number(row.testLoss()));
      object.put("test_reconstruction", Json.number(row.test().reconstruction()));
      object.put("test_kl", Json.number(row.test().kl()));
      object.put("test_elbo", Json.number(row.test().elbo()));
      object.put("test_mse", Json.number(row.test().mse()));
      object.put("active_units", row.test().activeUnits());
    }
  }
}
