package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.evaluation.NllEstimate;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.model.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of a sweep's runs: {@code sweep.csv}, a table, and the plane they lie in. */
final class SweepSummary {
  private final SweptKey swept;
  private final List<Row> rows;

  /**
   * @param value of the swept key
   * @param nll where it was asked for
   */
  record Row(String value, Config config, TestFigures test, Optional<NllEstimate> nll) {}

  SweepSummary(SweptKey swept, List<Row> rows) {
    this.swept = swept;
    this.rows = List.copyOf(rows);
  }

  /** Writes all files into the folder; a plot that cannot be drawn is said. */
  void write(Path folder, Console console) {
    StringBuilder text = new StringBuilder(swept.key().key());
    text.append(",test_reconstruction,test_kl,test_elbo,nll,nll_standard_error,test_mse,");
    text.append("active_units\n");
    for (Row row : rows) {
      text.append(quoted(row.value)).append(',');
      text.append(Numbers.text(row.test.reconstruction())).append(',');
      text.append(Numbers.text(row.test.kl())).append(',');
      text.append(Numbers.text(row.test.elbo())).append(',');
      text.append(row.nll.map(nll -> Numbers.text(nll.nll())).orElse("")).append(',');
      text.append(row.nll.map(nll -> Numbers.text(nll.standardError())).orElse("")).append(',');
      text.append(Numbers.text(row.test.mse())).append(',');
      text.append(row.test.activeUnits()).append('\n');
    }
    new DurableFiles(new LocalDisk()).writeText(folder.resolve("sweep.csv"), text.toString());
    List<RateDistortionPlot.Point> points =
        rows.stream()
            .map(
                row ->
                    new RateDistortionPlot.Point(
                        row.value, row.test.kl(), row.test.reconstruction()))
            .toList();
    String title =
        "%s on %s, %s pixels"
            .formatted(swept.name(), first().dataset(), first().data().binarization());
    try {
      RateDistortionPlot.write(points, title, folder).ifPresent(console::say);
    } catch (IOException e) {
      throw FileProblem.of(folder.resolve("sweep.png"), "could not be drawn", e);
    }
  }

  private static String quoted(String value) {
    return value.contains(",") ? '"' + value + '"' : value;
  }

  private Config first() {
    return rows.get(0).config;
  }

  void print(Path folder, boolean json) {
    if (json) {
      printJson(folder);
      return;
    }
    List<List<String>> table = new ArrayList<>();
    table.add(List.of(swept.name(), "reconstruction", "KL", "ELBO", "NLL", "MSE", "active"));
    for (Row row : rows) {
      table.add(
          List.of(
              row.value,
              Numbers.fixed(row.test.reconstruction(), 2),
              Numbers.fixed(row.test.kl(), 2),
              Numbers.fixed(row.test.elbo(), 2),
              row.nll.map(LikelihoodSection::withError).orElse("-"),
              Numbers.fixed(row.test.mse(), 5),
              String.valueOf(row.test.activeUnits())));
    }
    TextTable.print(table);
    System.out.println(
        "nats per image of the test set; %s; -ELBO bounds %s"
            .formatted(names(Config::dataset), names(Config::nllName)));
    System.out.println(
        "wrote %s: sweep.csv, sweep.png, sweep.svg, a run for each value".formatted(folder));
  }

  /** One name, or all where the values change it, and figures do not compare. */
  private String names(Function<Config, String> name) {
    return rows.stream()
        .map(row -> name.apply(row.config))
        .distinct()
        .collect(Collectors.joining(" or (not to be compared) "));
  }

  private void printJson(Path folder) {
    ObjectNode object = Json.object();
    object.put("runs", folder.toString());
    object.put("key", swept.key().key());
    ArrayNode array = object.putArray("values");
    for (Row row : rows) {
      ObjectNode node = array.addObject();
      node.put("value", row.value);
      node.put("reconstruction", Json.number(row.test.reconstruction()));
      node.put("kl", Json.number(row.test.kl()));
      node.put("elbo", Json.number(row.test.elbo()));
      node.put("nll_name", row.config.nllName());
      row.nll.ifPresent(
          nll -> {
            node.put("samples", nll.samples());
            node.put("nll", Json.number(nll.nll()));
            node.put("nll_standard_error", Json.number(nll.standardError()));
          });
      node.put("mse", Json.number(row.test.mse()));
      node.put("active_units", row.test.activeUnits());
    }
    Json.print(object);
  }
}
