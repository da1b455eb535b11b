package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.studio.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A reader of server-sent events on a thread of its own, as a browser is one. */
final class EventClient implements AutoCloseable {
  /**
   * @param id 0 where it had none
   * @param at {@link System#currentTimeMillis} of its arrival
   */
  record Event(long id, String name, JsonNode data, long at) {
    boolean isState(String state) {
      return name.equals("state") && data.get("state").asText().equals(state);
    }

    /** Whether it is kept for good, as moments and states are not. */
    boolean isKept() {
      return !name.equals("progress") && !name.equals("state");
    }
  }

  private final InputStream in;
  private final List<Event> events = new ArrayList<>();

  EventClient(HttpClient client, URI uri, long after) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (after > 0) {
      request.header("Last-Event-ID", String.valueOf(after));
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
      in = response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread thread = new Thread(this::read, "event-client");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      long id = 0;
      String name = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          JsonNode data = Json.parse(line.substring(6).getBytes(StandardCharsets.UTF_8));
          add(new Event(id, name, data, System.currentTimeMillis()));
          id = 0;
        }
      }
    } catch (IOException e) {
      // The server or the test has ended it.
    }
  }

  private synchronized void add(Event event) {
    events.add(event);
    notifyAll();
  }

  synchronized List<Event> all() {
    return List.copyOf(events);
  }

  List<Event> kept() {
    return all().stream().filter(Event::isKept).toList();
  }

  /** The first such event, waited for. */
  synchronized Event await(Predicate<Event> wanted) {
    long end = System.nanoTime() + RunServer.PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (Event event : events) {
        if (wanted.test(event)) {
          return event;
        }
      }
      try {
        wait(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("no such event among " + events);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
