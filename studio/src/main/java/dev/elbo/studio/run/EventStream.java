package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.studio.http.Json;
import dev.elbo.training.ProgressFile;
import dev.elbo.training.RunEvent;
import dev.elbo.training.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The events of a run for one client, as server-sent events (WHATWG HTML, 9.2). It reads the run's
 * files and holds nothing else, so that a client that takes its events slowly, or none, costs the
 * training nothing: moments that it misses are passed over, all other events wait in the file.
 */
final class EventStream {
  /** With the tenth of a second between the moments that a training tells, below a quarter. */
  private static final long POLL_MILLIS = 40;

  private static final long STATE_NANOS = 400_000_000L;
  private static final long HEARTBEAT_NANOS = 5_000_000_000L;

  /** After which a browser comes back. */
  private static final String RETRY = "retry: 1000\n\n";

  private static final String HEARTBEAT = ":\n\n";

  private final RunFolder run;
  private final RunStates states;
  private final EventReader reader;
  private final BooleanSupplier over;
  private long last;
  private String moment = "";
  private JsonNode state;
  private long stateAt;

  /**
   * @param after the id of the last event that the client has; 0 for none
   * @param over whether the server ends
   */
  EventStream(RunFolder run, RunStates states, long after, BooleanSupplier over) {
    this.run = run;
    this.states = states;
    this.reader = new EventReader(run.events(), after);
    this.over = over;
    this.last = after;
  }

  /** Until the server ends or the client leaves, which is seen when something is sent. */
  void writeTo(OutputStream out) throws IOException {
    send(out, RETRY);
    long sentAt = System.nanoTime();
    while (!over.getAsBoolean()) {
      String text = next();
      long now = System.nanoTime();
      if (text.isEmpty() && now - sentAt > HEARTBEAT_NANOS) {
        text = HEARTBEAT;
      }
      if (!text.isEmpty()) {
        send(out, text);
        sentAt = now;
      }
      pause();
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** What is new, in the order of ids; the state comes last, or first of all. */
  String next() throws IOException {
    StringBuilder text = new StringBuilder();
    if (state == null) {
      appendState(text);
    }
    // The moment before the file: events of before it are in the file by now.
    String present = ProgressFile.text(run.progress());
    List<RunEvent> events = new ArrayList<>(reader.next());
    // Events that still wait in the file must not be overtaken by a higher id.
    if (!present.equals(moment) && !reader.isBehind()) {
      Optional<RunEvent> told = RunEvent.parse(present);
      told.ifPresent(events::add);
      // One that is being written just now is read once more.
      moment = told.isPresent() ? present : moment;
      events.sort(Comparator.comparingLong(RunEvent::id));
    }
    events.forEach(event -> append(text, event));
    if (System.nanoTime() - stateAt > STATE_NANOS || states.changedHere(run, state)) {
      appendState(text);
    }
    return text.toString();
  }

  /**
   * A run that went on from an older checkpoint than the client knows of tells moments of before
   * the client's last id: they are sent without one.
   */
  private void append(StringBuilder text, RunEvent event) {
    if (event.id() > last) {
      last = event.id();
      text.append("id: ").append(last).append('\n');
    }
    boolean isFailure = event.name().equals(RunEvent.FAILURE);
    append(text, isFailure ? RunEvent.WARNING : event.name(), event.data());
  }

  /** It is no part of the history and has no id: whoever comes is told what it is now. */
  private void appendState(StringBuilder text) {
    stateAt = System.nanoTime();
    ObjectNode now = Json.object();
    states.describe(run, now);
    if (!now.equals(state)) {
      state = now;
      append(text, "state", now);
    }
  }

  private static void append(StringBuilder text, String name, JsonNode data) {
    text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  }
}
