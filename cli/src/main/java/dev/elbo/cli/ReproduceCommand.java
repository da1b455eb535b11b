package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.evaluation.NllEstimate;
import dev.elbo.model.Config;
import dev.elbo.model.PublishedRow;
import dev.elbo.training.Pace;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo reproduce}. */
@Command(
    name = "reproduce",
    sortOptions = false,
    sortSynopsis = false,
    header = "Trains and measures a row of a published table, and prints theirs beside ours.",
    description =
        "The run lies in runs/reproduce/ROW. Stopped or killed, the same command goes on; finished,"
            + " it measures.")
final class ReproduceCommand implements Callable<Integer> {
  private static final double PACE_SECONDS = 20;
  private static final String RESULT = "reproduction.json";

  @Parameters(arity = "0..1", paramLabel = "ROW", description = "the row; --list names them")
  private String name;

  @Mixin private Threads threads;
  @Mixin private TrainingOutput output;

  @Option(names = "--list", order = 110, description = "list the rows, then end")
  private boolean list;

  @Option(
      names = "--budget",
      order = 111,
      paramLabel = "MINUTES",
      description =
          "train only so long: turned into a number of passes before the first step, in proportion")
  private Double budget;

  @Option(
      names = "--passes",
      order = 112,
      paramLabel = "N",
      description = "train so many passes over the data, in proportion")
  private Integer passes;

  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where data lies: a folder of data sets")
  private Path data;

  @Option(
      names = "--out",
      order = 121,
      paramLabel = "DIR",
      description = "run directory (runs/reproduce/ROW)")
  private Path out;

  @Option(
      names = "--results",
      order = 122,
      paramLabel = "FILE",
      description = "add the row to the table of a Markdown file")
  private Path results;

  @Override
  public Integer call() {
    if (list) {
      printList();
      return 0;
    }
    if (name == null) {
      throw new InputException(
          "reproduce: expected a row, found none; elbo reproduce --list names them");
    }
    PublishedRow row = PublishedRow.of(name);
    if (budget != null && !(budget > 0 && budget <= 1_000_000)) {
      throw new InputException(
          "--budget: expected minutes above 0, found %s; change it"
              .formatted(Numbers.text(budget)));
    }
    if (passes != null && passes < 1) {
      throw new InputException(
          "--passes: expected at least 1, found %d; change it".formatted(passes));
    }
    if (passes != null && budget != null) {
      throw new InputException(
          "--passes and --budget: expected one of them, found both; leave one out");
    }
    Optional<ReproductionTable> table = Optional.ofNullable(results).map(ReproductionTable::new);
    table.ifPresent(ReproductionTable::requireWritable);
    Console console = output.console();
    RunFolder folder = new RunFolder(out == null ? Path.of("runs", "reproduce", row.name()) : out);
    DataSet set =
        Data.load(
            console,
            Optional.of(row.config().dataset()),
            Optional.ofNullable(data),
            row.config().seed());
    console.sayKernels();
    int workers = threads.count();
    Config config = config(row, folder, set, workers, console);
    int code =
        new RunSeries(output, console, workers)
            .train(folder, new RunSeries.Prepared(config, set), Optional.empty());
    if (code != 0) {
      return code;
    }
    Reproduction reproduction = measure(row, folder, set, workers, console);
    ObjectNode object = Json.object();
    reproduction.put(object);
    Path file = folder.path().resolve(RESULT);
    new DurableFiles(new LocalDisk()).writeText(file, Json.text(object) + "\n");
    table.ifPresent(of -> of.add(reproduction));
    print(reproduction, object);
    return 0;
  }

  /** As the run there has it; of a new one, as many passes as the budget allows. */
  private Config config(
      PublishedRow row, RunFolder folder, DataSet set, int workers, Console console) {
    if (passes != null) {
      return row.shortened(passes);
    }
    if (folder.holdsRun()) {
      return row.shortened(RunSummary.of(folder).config().epochs());
    }
    if (budget == null) {
      return row.config();
    }
    console.say("measuring the pace …");
    Pace pace = Pace.measure(row.config(), set, workers, PACE_SECONDS);
    Config config = row.shortened(pace.epochsIn(budget));
    console.say(
        "%s minutes at %s s a pass: %s of %s passes"
            .formatted(
                Numbers.text(budget),
                Numbers.fixed(pace.secondsPerEpoch(), 2),
                Numbers.grouped(config.epochs()),
                Numbers.grouped(row.config().epochs())));
    return config;
  }

  private Reproduction measure(
      PublishedRow row, RunFolder folder, DataSet set, int workers, Console console) {
    ModelChoice.Chosen model = ModelChoice.named(folder.path());
    Config config = model.model().config();
    Images test = config.data().binarization().ofTest(set.test(), config.seed());
    console.say("measuring, %s draws an image …".formatted(Numbers.grouped(row.draws())));
    long began = System.nanoTime();
    List<NllEstimate> estimates =
        new ModelEvaluation(model, row.draws(), workers, console).on(test).nll();
    double evaluated = (System.nanoTime() - began) / 1e9;
    double trained = RunSummary.of(folder).seconds();
    NllEstimate ours = estimates.get(estimates.size() - 1);
    return new Reproduction(row, ours, config.epochs(), (trained + evaluated) / 60);
  }

  private void print(Reproduction reproduction, ObjectNode object) {
    if (output.json()) {
      Json.print(object);
      return;
    }
    TextTable.print(List.of(Reproduction.HEADER, reproduction.cells()));
    System.out.println(
        "NLL of the test set, nats per image; theirs: " + reproduction.row().source());
  }

  private void printList() {
    if (output.json()) {
      ObjectNode object = Json.object();
      ArrayNode rows = object.putArray("rows");
      for (PublishedRow row : PublishedRow.ALL) {
        ObjectNode node = rows.addObject();
        node.put("name", row.name());
        node.put("theirs", Json.number(row.theirs()));
        node.put("draws", row.draws());
        node.put("passes", row.config().epochs());
        node.put("preset", row.preset());
        node.put("source", row.source());
      }
      Json.print(object);
      return;
    }
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("row", "NLL", "draws", "passes", "preset", "source"));
    for (PublishedRow row : PublishedRow.ALL) {
      table.add(
          List.of(
              row.name(),
              Numbers.fixed(row.theirs(), 2),
              Numbers.grouped(row.draws()),
              Numbers.grouped(row.config().epochs()),
              row.preset(),
              row.source()));
    }
    TextTable.print(table);
  }
}
