package dev.elbo.training;

import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code events.jsonl}: what the ends of epochs told, for those who watch a training and those who
 * come later. As {@link MetricsFile}, it only grows, but for what a checkpoint does not know of.
 */
final class EventFile {
  private final Path file;
  private final DurableFiles files;

  EventFile(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
  }

  /** Starts empty. */
  void create() {
    files.writeText(file, "");
  }

  /** All of them, or after a crash perhaps the first few and a part of a line. */
  void append(List<RunEvent> events) {
    files.appendText(file, text(events));
  }

  /** Cuts back what a checkpoint does not know of: events of later epochs, or half a line. */
  void keepEpochs(int last) {
    files.writeText(file, text(read().stream().filter(event -> event.epoch() <= last).toList()));
  }

  private static String text(List<RunEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.line()).append('\n'));
    return text.toString();
  }

  /** The events; lines that are none are left out, since nothing but watching hangs on them. */
  List<RunEvent> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<RunEvent> events = new ArrayList<>();
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      text.lines().forEach(line -> RunEvent.parse(line).ifPresent(events::add));
      return events;
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be read", e);
    }
  }
}
