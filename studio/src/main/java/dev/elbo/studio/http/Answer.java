package dev.elbo.studio.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a request is answered with.
 *
 * @param headers beside those that every answer has
 */
public record Answer(int status, MediaType type, SortedMap<String, String> headers, Body body) {
  /** What is sent after the headers. */
  public sealed interface Body {}

  /** All there is, its length known. */
  public record Whole(byte[] bytes) implements Body {}

  /** Written piece by piece, on the request's own thread, until it returns or the client leaves. */
  public record Streamed(Writer writer) implements Body {}

  /** Writes a body; what must go out at once is flushed. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  public Answer {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  public static Answer bytes(MediaType type, byte[] bytes) {
    return new Answer(200, type, new TreeMap<>(), new Whole(bytes));
  }

  public static Answer text(MediaType type, String text) {
    return bytes(type, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer json(JsonNode node) {
    return bytes(MediaType.JSON, Json.bytes(node));
  }

  public static Answer stream(MediaType type, Writer writer) {
    return new Answer(200, type, new TreeMap<>(), new Streamed(writer));
  }

  public Answer status(int other) {
    return new Answer(other, type, headers, body);
  }

  public Answer header(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, more, body);
  }
}
