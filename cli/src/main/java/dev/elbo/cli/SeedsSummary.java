package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one training with several seeds: each, their mean, and their standard deviation
 * (of a sample: divided by n − 1).
 */
final class SeedsSummary {
  private record Column(String name, int decimals, ToDoubleFunction<EpochMetrics> figure) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("test_loss", 2, EpochMetrics::testLoss),
          new Column("test_reconstruction", 2, row -> row.test().reconstruction()),
          new Column("test_kl", 2, row -> row.test().kl()),
          new Column("test_elbo", 2, row -> row.test().elbo()),
          new Column("test_mse", 5, row -> row.test().mse()),
          new Column("active_units", 1, row -> row.test().activeUnits()));

  private final List<RunSummary> runs;

  SeedsSummary(List<RunSummary> runs) {
    this.runs = List.copyOf(runs);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** NaN of a single value. */
  static double standardDeviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return values.length < 2 ? Double.NaN : Math.sqrt(sum / (values.length - 1));
  }

  private double[] values(Column column) {
    return runs.stream()
        .mapToDouble(run -> column.figure.applyAsDouble(run.result().orElseThrow()))
        .toArray();
  }

  /** A row a seed, then {@code mean} and {@code sd}. */
  void write(Path file) {
    StringBuilder text = new StringBuilder("seed");
    COLUMNS.forEach(column -> text.append(',').append(column.name));
    for (int i = 0; i < runs.size(); i++) {
      text.append('\n').append(runs.get(i).config().seed());
      for (Column column : COLUMNS) {
        text.append(',').append(Numbers.text(values(column)[i]));
      }
    }
    text.append("\nmean");
    COLUMNS.forEach(column -> text.append(',').append(Numbers.text(mean(values(column)))));
    text.append("\nsd");
    COLUMNS.forEach(
        column -> text.append(',').append(Numbers.text(standardDeviation(values(column)))));
    new DurableFiles(new LocalDisk()).writeText(file, text.append('\n').toString());
  }

  void print(Path folder, boolean json) {
    if (json) {
      printJson(folder);
      return;
    }
    List<List<String>> table = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("seed"));
    COLUMNS.forEach(column -> header.add(column.name));
    table.add(header);
    for (int i = 0; i < runs.size(); i++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(runs.get(i).config().seed())));
      for (Column column : COLUMNS) {
        row.add(Numbers.fixed(values(column)[i], column.decimals));
      }
      table.add(row);
    }
    List<String> last = new ArrayList<>(List.of("mean ± sd"));
    for (Column column : COLUMNS) {
      double[] values = values(column);
      last.add(
          Numbers.fixed(mean(values), column.decimals)
              + (values.length < 2
                  ? ""
                  : " ± " + Numbers.fixed(standardDeviation(values), column.decimals)));
    }
    table.add(last);
    TextTable.print(table);
    System.out.println(
        "%d seeds of %s, %s pixels; wrote %s"
            .formatted(
                runs.size(),
                runs.get(0).config().dataset(),
                runs.get(0).config().data().binarization(),
                folder.resolve("seeds.csv")));
  }

  private void printJson(Path folder) {
    ObjectNode object = Json.object();
    object.put("runs", folder.toString());
    object.put("binarization", runs.get(0).config().data().binarization().toString());
    ArrayNode seeds = object.putArray("seeds");
    runs.forEach(run -> seeds.add(run.config().seed()));
    for (Column column : COLUMNS) {
      ObjectNode figure = object.putObject(column.name);
      figure.put("mean", Json.number(mean(values(column))));
      figure.put("sd", Json.number(standardDeviation(values(column))));
    }
    Json.print(object);
  }
}
