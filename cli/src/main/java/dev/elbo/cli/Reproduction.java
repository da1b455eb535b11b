package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.Numbers;
import dev.elbo.evaluation.NllEstimate;
import dev.elbo.model.PublishedRow;
import java.util.List;
import java.util.Locale;

/**
 * A published figure beside ours.
 *
 * @param passes over the data that the training was made for
 * @param minutes of training and evaluation
 */
record Reproduction(PublishedRow row, NllEstimate ours, int passes, double minutes) {

  static final List<String> HEADER =
      List.of(
          "row", "theirs", "ours", "difference", "standard error", "passes", "minutes", "command");

  double difference() {
    return ours.nll() - row.theirs();
  }

  List<String> cells() {
    return List.of(
        row.name(),
        Numbers.fixed(row.theirs(), 2),
        Numbers.fixed(ours.nll(), 2),
        signed(difference()),
        Numbers.fixed(ours.standardError(), 2),
        isShortened()
            ? Numbers.grouped(passes) + " of " + Numbers.grouped(row.config().epochs())
            : Numbers.grouped(passes),
        Numbers.grouped(Math.round(minutes)),
        "`" + command() + "`");
  }

  private boolean isShortened() {
    return passes < row.config().epochs();
  }

  /** Passes and not minutes, so that it gives the same bits on any machine. */
  private String command() {
    return "./elbo reproduce " + row.name() + (isShortened() ? " --passes " + passes : "");
  }

  private static String signed(double x) {
    return String.format(Locale.ROOT, "%+.2f", x);
  }

  void put(ObjectNode object) {
    object.put("row", row.name());
    object.put("source", row.source());
    object.put("theirs", Json.number(row.theirs()));
    object.put("ours", Json.number(ours.nll()));
    object.put("difference", Json.number(difference()));
    object.put("standard_error", Json.number(ours.standardError()));
    object.put("draws", ours.samples());
    object.put("passes", passes);
    object.put("published_passes", row.config().epochs());
    object.put("minutes", Json.number(minutes));
    object.put("command", command());
    object.put("unit", "nats per image");
  }
}
