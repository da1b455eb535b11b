package dev.elbo.cli;

import dev.elbo.Numbers;
import dev.elbo.training.TrainingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * A moment of a training as one line that fits the terminal. Epoch, bar, step, loss and time left
 * are always there; images per second, then reconstruction and KL come where there is room, and the
 * bar takes the rest.
 */
final class ProgressLine {
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 40;
  private static final String EIGHTHS = "▏▎▍▌▋▊▉";

  private ProgressLine() {}

  static String of(TrainingEvent.Progress progress, int columns) {
    String speed = Numbers.grouped(Math.round(progress.imagesPerSecond())) + " images/s";
    String parts =
        "(reconstruction %s, KL %s)"
            .formatted(
                Numbers.fixed(progress.train().reconstruction(), 2),
                Numbers.fixed(progress.train().kl(), 2));
    String loss = "loss " + Numbers.fixed(progress.train().loss(), 2);
    String left = left(progress) + " left";
    List<List<String>> choices =
        List.of(
            List.of(loss + " " + parts, speed, left),
            List.of(loss, speed, left),
            List.of(loss, left),
            List.of(loss));
    for (List<String> choice : choices) {
      int room = columns - line(progress, "", choice).length();
      if (room >= SHORTEST_BAR) {
        return line(progress, bar(progress, Math.min(room, LONGEST_BAR)), choice);
      }
    }
    String text = line(progress, "", List.of(loss));
    return text.substring(0, Math.min(columns, text.length()));
  }

  private static String line(TrainingEvent.Progress progress, String bar, List<String> figures) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "epoch %s/%d %s %s/%d"
            .formatted(
                padded(progress.epoch(), progress.epochs()),
                progress.epochs(),
                bar,
                padded(progress.stepInEpoch(), progress.stepsPerEpoch()),
                progress.stepsPerEpoch()));
    parts.addAll(figures);
    return String.join("  ", parts);
  }

  /** Filled to an eighth of a character. */
  private static String bar(TrainingEvent.Progress progress, int length) {
    int eighths = (int) (8L * length * progress.stepInEpoch() / progress.stepsPerEpoch());
    String filled = "█".repeat(eighths / 8);
    String edge = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8 - 1, eighths % 8);
    return filled + edge + "░".repeat(length - filled.length() - edge.length());
  }

  private static String left(TrainingEvent.Progress progress) {
    long seconds = Math.round(progress.secondsLeft());
    long hours = seconds / 3600;
    return hours == 0
        ? seconds / 60 + ":" + twoDigits(seconds % 60)
        : hours + ":" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
  }

  private static String twoDigits(long number) {
    return (number < 10 ? "0" : "") + number;
  }

  /** A number as wide as the last one will be, so that the line does not jump. */
  static String padded(int number, int last) {
    String text = String.valueOf(number);
    return " ".repeat(String.valueOf(last).length() - text.length()) + text;
  }
}
