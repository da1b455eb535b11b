package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.elbo.data.DataSets;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code --explain} prints: every value that a training would take, and its source. */
final class Explanation {
  private static final String DEFAULT = "default";

  /**
   * @param text as it was given
   * @param note for people, behind the source
   */
  private record Row(
      String key, JsonNode value, String text, String source, Optional<String> note) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> environment;

  Explanation(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The keys of the configuration; the data set that nobody named depends on {@code data}. */
  void configuration(Settings settings, Config config, Optional<Path> data) {
    settings
        .entries()
        .forEach(
            (key, entry) -> {
              if (key == ConfigKey.DATASET && entry.text().isEmpty()) {
                unnamedDataSet(key.key(), data);
              } else {
                String text = key.text(config).orElseThrow();
                JsonNode value = ConfigJson.node(key, text);
                rows.add(new Row(key.key(), value, entry.text(), entry.source(), Optional.empty()));
              }
            });
  }

  private void unnamedDataSet(String key, Optional<Path> data) {
    if (data.filter(DataSets::isOwn).isPresent()) {
      text(key, DataSets.FOLDER, "--data", Optional.empty());
    } else {
      String note = "pen digits stand in where it cannot be had";
      text(key, "mnist", DEFAULT, Optional.of(note));
    }
  }

  void threads(Threads threads) {
    int count = threads.count();
    String source = threads.isGiven() ? "--threads" : DEFAULT;
    rows.add(
        new Row("threads", new IntNode(count), String.valueOf(count), source, Optional.empty()));
  }

  /** The first folder in which data is looked for. */
  void data(Optional<Path> given) {
    String variable = environment.getOrDefault("ELBO_DATA", "");
    if (given.isPresent()) {
      text("data", given.get().toString(), "--data", Optional.empty());
    } else if (!variable.isEmpty()) {
      text("data", variable, "ELBO_DATA", Optional.empty());
    } else {
      text("data", "data", DEFAULT, Optional.empty());
    }
  }

  void out(Optional<Path> given) {
    String source = given.isPresent() ? "--out" : DEFAULT;
    text("out", given.map(Path::toString).orElse("runs/<date-time>"), source, Optional.empty());
  }

  /**
   * A wish for kernels that cannot be had is not their source; the note says what stands against.
   */
  void kernels(KernelChoice choice) {
    boolean wished = !environment.getOrDefault("ELBO_KERNELS", "").isBlank();
    String source = wished && choice.notice().isEmpty() ? "ELBO_KERNELS" : DEFAULT;
    text("kernels", choice.kernels().description(), source, choice.notice());
  }

  private void text(String key, String text, String source, Optional<String> note) {
    rows.add(new Row(key, new TextNode(text), text, source, note));
  }

  void print(boolean json) {
    if (json) {
      ObjectNode object = Json.object();
      for (Row row : rows) {
        ObjectNode pair = object.putObject(row.key);
        pair.set("value", row.value);
        pair.put("source", row.source);
      }
      Json.print(object);
      return;
    }
    for (Row row : rows) {
      String note = row.note.map(text -> "; " + text).orElse("");
      System.out.println("%-12s %-12s %s".formatted(row.key, row.text, row.source + note));
    }
  }
}
