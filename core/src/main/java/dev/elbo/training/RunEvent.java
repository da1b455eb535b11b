package dev.elbo.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code events.jsonl}. Its id is ten times the number of updates before it and the place
 * of its kind, so that it grows along a run and is the same when an epoch is trained anew after a
 * stop.
 *
 * @param epoch that it belongs to: 1, 2, …
 * @param name {@code epoch}, {@code kl}, {@code pictures}, {@code warning} or {@code failure}
 * @param data a JSON object
 */
public record RunEvent(long id, int epoch, String name, JsonNode data) {
  /** Told while an epoch lasts, and kept in another file. */
  public static final String PROGRESS = "progress";

  public static final String EPOCH = "epoch";
  public static final String KL = "kl";
  public static final String PICTURES = "pictures";
  public static final String WARNING = "warning";

  /** Training could not go on from here. */
  public static final String FAILURE = "failure";

  private static final List<String> ORDER =
      List.of(PROGRESS, EPOCH, KL, PICTURES, WARNING, FAILURE);
  private static final int PLACES = 10;

  /** To a millionth of a nat: nobody sees more of a bar, and there may be thousands. */
  private static final int KL_DECIMALS = 6;

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(NODES)
          .build();

  private static RunEvent of(long step, int epoch, String name, ObjectNode data) {
    return new RunEvent(step * PLACES + ORDER.indexOf(name), epoch, name, data);
  }

  /** What the end of an epoch tells, in order. */
  static List<RunEvent> ofEpoch(EpochMetrics row, double[] klPerDimension, Optional<String> said) {
    int epoch = row.epoch();
    ObjectNode kl = NODES.objectNode().put("epoch", epoch);
    ArrayNode dimensions = kl.putArray("kl_per_dimension");
    for (double value : klPerDimension) {
      dimensions.add(node(Numbers.fixed(value, KL_DECIMALS)));
    }
    List<RunEvent> events = new ArrayList<>();
    events.add(of(row.step(), epoch, EPOCH, json(row)));
    events.add(of(row.step(), epoch, KL, kl));
    events.add(of(row.step(), epoch, PICTURES, NODES.objectNode().put("epoch", epoch)));
    said.ifPresent(
        text -> events.add(of(row.step(), epoch, WARNING, NODES.objectNode().put("text", text))));
    return events;
  }

  static RunEvent ofFailure(long step, int epoch, String text) {
    return of(step, epoch, FAILURE, NODES.objectNode().put("text", text));
  }

  static RunEvent of(TrainingEvent.Progress progress) {
    ObjectNode data = NODES.objectNode();
    data.put("epoch", progress.epoch());
    data.put("epochs", progress.epochs());
    data.put("step", progress.stepInEpoch());
    data.put("steps", progress.stepsPerEpoch());
    data.set("images_per_second", rounded(progress.imagesPerSecond()));
    data.set("seconds_left", rounded(progress.secondsLeft()));
    data.set("loss", number(progress.train().loss()));
    data.set("reconstruction", number(progress.train().reconstruction()));
    data.set("kl", number(progress.train().kl()));
    return of(progress.step(), progress.epoch(), PROGRESS, data);
  }

  /** A row of {@code metrics.csv} by the names of its columns; empty cells are left out. */
  public static ObjectNode json(EpochMetrics row) {
    List<String> names = MetricsFile.columns();
    List<String> cells = MetricsFile.cells(row);
    ObjectNode data = NODES.objectNode();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals("binarization")) {
        data.put(names.get(i), cells.get(i));
      } else if (!cells.get(i).isEmpty()) {
        data.set(names.get(i), node(cells.get(i)));
      }
    }
    return data;
  }

  private static JsonNode number(double value) {
    return node(Numbers.text(value));
  }

  private static JsonNode rounded(double value) {
    return node(Numbers.fixed(value, 1));
  }

  /** A clock that stood still gives infinities, which JSON has no word for. */
  private static JsonNode node(String number) {
    return Character.isLetter(number.charAt(number.length() - 1))
        ? NODES.nullNode()
        : NODES.numberNode(new BigDecimal(number));
  }

  /** As it stands in the file, without the end of the line. */
  String line() {
    ObjectNode line = NODES.objectNode();
    line.put("id", id);
    line.put("epoch", epoch);
    line.put("event", name);
    line.set("data", data);
    return line.toString();
  }

  private static boolean isWhole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong();
  }

  /** What a line says; nothing where it is not one of ours, or only a part of it. */
  public static Optional<RunEvent> parse(String line) {
    try {
      JsonNode root = MAPPER.readTree(line);
      if (isWhole(root.path("id"))
          && isWhole(root.path("epoch"))
          && ORDER.contains(root.path("event").asText())
          && root.path("data").isObject()) {
        return Optional.of(
            new RunEvent(
                root.get("id").asLong(),
                root.get("epoch").asInt(),
                root.get("event").asText(),
                root.get("data")));
      }
    } catch (JsonProcessingException e) {
      // Told by the empty answer.
    }
    return Optional.empty();
  }
}
