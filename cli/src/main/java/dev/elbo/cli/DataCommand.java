package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.data.DataSets;
import dev.elbo.data.DataSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code elbo data}. */
@Command(
    name = "data",
    sortOptions = false,
    sortSynopsis = false,
    description = "Lists the data sets; or finds or downloads, verifies and describes one.")
final class DataCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "mnist, fashion-mnist, binarized-mnist or pen; folder with --data for your own IDX files")
  private String name;

  @Option(names = "--data", order = 120, paramLabel = "DIR", description = "where to look first")
  private Path folder;

  @Option(names = "--seed", paramLabel = "N", description = "of pen digits (0)", defaultValue = "0")
  private long seed;

  @Option(names = "--json", order = 141, description = "print it as JSON")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(false);
    Optional<Path> given = Optional.ofNullable(folder);
    if (name == null) {
      list(Data.with(console, sets -> sets.list(given)));
    } else {
      describe(Data.with(console, sets -> sets.describe(Optional.of(name), given, seed)));
    }
    return 0;
  }

  private void list(List<DataSets.Listed> sets) {
    if (json) {
      ObjectNode object = Json.object();
      ArrayNode rows = object.putArray("datasets");
      for (DataSets.Listed set : sets) {
        ObjectNode row = rows.addObject();
        row.put("name", set.name());
        row.put("description", set.description());
        row.put("location", set.location().orElse(null));
      }
      Json.print(object);
      return;
    }
    for (DataSets.Listed set : sets) {
      System.out.println("%-15s %s".formatted(set.name(), set.description()));
      System.out.println(
          "%-15s %s".formatted("", set.location().orElseGet(() -> absence(set.name()))));
    }
  }

  private static String absence(String name) {
    return name.equals(DataSets.PEN)
        ? "made by the program when asked for"
        : "not on this machine yet; elbo data " + name + " downloads it";
  }

  private void describe(DataSummary summary) {
    if (json) {
      ObjectNode object = Json.object();
      object.put("name", summary.name());
      object.put("location", summary.location());
      object.put("sha256", summary.sha256());
      part(object.putObject("train"), summary.train());
      summary.validation().ifPresent(part -> part(object.putObject("validation"), part));
      part(object.putObject("test"), summary.test());
      ArrayNode files = object.putArray("files");
      for (DataSummary.FileSum file : summary.files()) {
        ObjectNode row = files.addObject();
        row.put("path", file.path());
        row.put("bytes", file.bytes());
        row.put("sha256", file.sha256());
      }
      Json.print(object);
      return;
    }
    System.out.println(summary.name() + " (" + summary.location() + ")");
    line("train", summary.train());
    summary.validation().ifPresent(part -> line("valid", part));
    line("test", summary.test());
    System.out.println("  sha256 of the contents " + summary.sha256());
    for (DataSummary.FileSum file : summary.files()) {
      System.out.println(
          "  %s: %s bytes, sha256 %s"
              .formatted(file.path(), Numbers.grouped(file.bytes()), file.sha256()));
    }
  }

  private static void line(String name, DataSummary.Part part) {
    String classes = part.classCounts().isEmpty() ? "no labels" : "per class " + part.classCounts();
    System.out.println(
        "  %-5s %s images of %d×%d, mean %s, %s"
            .formatted(
                name,
                Numbers.grouped(part.count()),
                part.height(),
                part.width(),
                Numbers.fixed(part.mean(), 4),
                classes));
  }

  private static void part(ObjectNode object, DataSummary.Part part) {
    object.put("count", part.count());
    object.put("height", part.height());
    object.put("width", part.width());
    object.put("mean", Json.number(part.mean()));
    ArrayNode counts = object.putArray("class_counts");
    part.classCounts().forEach(counts::add);
  }
}
