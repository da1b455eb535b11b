package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import dev.elbo.data.Binarization;
import dev.elbo.evaluation.TestFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code metrics.csv}: a row an epoch; nats per image, {@code test_mse} per pixel. */
public final class MetricsFile {
  private static final String HEADER =
      "epoch,step,seconds,images_per_second,train_loss,train_reconstruction,train_kl,"
          + "test_loss,test_reconstruction,test_kl,test_mse,active_units,"
          + "validation_loss,validation_reconstruction,validation_kl,binarization";
  private static final int COLUMNS = HEADER.split(",").length;

  /** Runs of before there were validation parts and binarizations. */
  private static final int EARLIER_COLUMNS = 12;

  private final Path file;
  private final DurableFiles files;

  public MetricsFile(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
  }

  /** Starts with the header alone. */
  void create() {
    files.writeText(file, HEADER + "\n");
  }

  void append(EpochMetrics metrics) {
    files.appendText(file, row(metrics) + "\n");
  }

  /** Cuts back what a checkpoint does not know of: rows of later epochs, or half a row. */
  void keepEpochs(int last) {
    List<EpochMetrics> kept = read().stream().filter(row -> row.epoch() <= last).toList();
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    kept.forEach(row -> text.append(row(row)).append('\n'));
    files.writeText(file, text.toString());
  }

  /** The rows; a torn last one is left out. */
  public List<EpochMetrics> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be read", e);
    }
    List<EpochMetrics> rows = new ArrayList<>();
    int begin = text.indexOf('\n') + 1;
    for (int end = text.indexOf('\n', begin); end >= 0; end = text.indexOf('\n', begin)) {
      rows.add(parse(text.substring(begin, end)));
      begin = end + 1;
    }
    return rows;
  }

  static List<String> columns() {
    return List.of(HEADER.split(","));
  }

  private static String row(EpochMetrics metrics) {
    return String.join(",", cells(metrics));
  }

  /** One for each of the columns; empty where there is nothing to say. */
  static List<String> cells(EpochMetrics metrics) {
    return List.of(
        String.valueOf(metrics.epoch()),
        String.valueOf(metrics.step()),
        Numbers.fixed(metrics.seconds(), 3),
        Numbers.fixed(metrics.imagesPerSecond(), 0),
        Numbers.text(metrics.train().loss()),
        Numbers.text(metrics.train().reconstruction()),
        Numbers.text(metrics.train().kl()),
        Numbers.text(metrics.testLoss()),
        Numbers.text(metrics.test().reconstruction()),
        Numbers.text(metrics.test().kl()),
        Numbers.text(metrics.test().mse()),
        String.valueOf(metrics.test().activeUnits()),
        metrics.validation().map(part -> Numbers.text(part.loss())).orElse(""),
        metrics.validation().map(part -> Numbers.text(part.reconstruction())).orElse(""),
        metrics.validation().map(part -> Numbers.text(part.kl())).orElse(""),
        metrics.binarization().toString());
  }

  private EpochMetrics parse(String line) {
    String[] cell = line.split(",", -1);
    try {
      if (cell.length == COLUMNS || cell.length == EARLIER_COLUMNS) {
        return new EpochMetrics(
            Integer.parseInt(cell[0]),
            Long.parseLong(cell[1]),
            Double.parseDouble(cell[2]),
            Double.parseDouble(cell[3]),
            new EpochMetrics.TrainFigures(
                Double.parseDouble(cell[4]),
                Double.parseDouble(cell[5]),
                Double.parseDouble(cell[6])),
            Double.parseDouble(cell[7]),
            new TestFigures(
                Double.parseDouble(cell[8]),
                Double.parseDouble(cell[9]),
                Double.parseDouble(cell[10]),
                Integer.parseInt(cell[11])),
            validation(cell),
            cell.length == COLUMNS ? binarization(cell[15]) : Binarization.GREY);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same sentence as a wrong number of cells.
    }
    throw new InputException(
        "%s: expected rows of %d cells, found \"%s\"; delete the file to go on without it"
            .formatted(file, COLUMNS, line));
  }

  private static Optional<EpochMetrics.Validation> validation(String[] cell) {
    if (cell.length == EARLIER_COLUMNS || cell[12].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EpochMetrics.Validation(
            Double.parseDouble(cell[12]),
            Double.parseDouble(cell[13]),
            Double.parseDouble(cell[14])));
  }

  private static Binarization binarization(String name) {
    return Binarization.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
