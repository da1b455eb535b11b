package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.studio.http.Limits;
import dev.elbo.studio.http.Method;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.tensor.Noise;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand bad requests over every route, the same ones each time. None may be answered with
 * 500 or a stack trace, none may make the server print or wait, and afterwards it is as before.
 */
@Tag("slow")
@Timeout(600)
class FuzzTest {
  private static final int REQUESTS = 10_000;
  private static final long SEED = 20_240_607;

  /** Requests that lie about their length are waited for; briefly here. */
  private static final Limits IMPATIENT =
      new Limits(16 << 20, 128L << 20, 100, 16, 100, 1_000, 5_000);

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/octet-stream",
          "image/png",
          "text/plain",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "",
          "application/json; charset=utf-16",
          "*/*",
          "\u00e9");

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1e999",
          "NaN",
          "99999999999999999999",
          "%00",
          "..%2f..%2f..%2fetc%2fpasswd",
          "http://evil.example/",
          "file:///etc/passwd",
          "<script>",
          "%f0%9f%92%a5",
          "%",
          "%zz",
          "a".repeat(3000),
          "'; --",
          "${jndi:ldap://evil}",
          "0x10",
          "1,2",
          "prior",
          "mixture");

  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"images\"",
          "\"codes\"",
          "\"labels\"",
          "\"config\"",
          "0",
          "-0.5",
          "1e400",
          "null",
          "true",
          "\"\\ud800\"",
          "\u0000",
          "NaN",
          "1".repeat(300),
          "[".repeat(200),
          "\"" + "x".repeat(5000) + "\"");

  private final int[] counter = {0};
  private Noise noise = Noise.of(SEED);

  private int below(int bound) {
    return noise.below(bound, counter[0]++);
  }

  private <T> T oneOf(List<T> list) {
    return list.get(below(list.size()));
  }

  @Test
  void tenThousandBadRequestsLeaveTheServerAsItWas() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (Studio studio = Studios.start(IMPATIENT, Optional.empty(), ModelSource.pretrained())) {
      Wire wire = new Wire(studio.port());
      Studios.awaitReady(wire);
      wire.get("/api/v1/models/default?wait=30").send();
      wire.get("/api/v1/models/default/codes").send();
      byte[] sample = wire.get("/api/v1/models/default/sample?n=2").send().body();

      Map<Integer, Integer> statuses = new TreeMap<>();
      for (int i = 0; i < REQUESTS; i++) {
        noise = Noise.of(SEED).at(i);
        counter[0] = 0;
        byte[] request = request(studio.routes(), studio.port());
        Wire.Reply reply = wire.raw(request);
        statuses.merge(reply.status(), 1, Integer::sum);
        String text = reply.text();
        String said =
            "request %d: %s"
                .formatted(
                    i,
                    new String(
                        request, 0, Math.min(300, request.length), StandardCharsets.ISO_8859_1));
        assertThat(reply.status()).as(said).isNotEqualTo(500);
        assertThat(text).as(said).doesNotContain("\tat ", "Exception", "root:");
      }

      assertThat(wire.get("/healthz").send().text()).isEqualTo("ok");
      assertThat(wire.get("/readyz").send().text()).isEqualTo("ready");
      assertThat(wire.get("/api/v1/models/default/sample?n=2").send().body()).isEqualTo(sample);
      // Most must be refused, or they were not bad; and they must reach the routes, or the guards
      // alone were tested.
      assertThat(statuses.getOrDefault(400, 0)).isGreaterThan(REQUESTS / 5);
      assertThat(statuses.getOrDefault(403, 0)).isLessThan(REQUESTS / 5);
      assertThat(statuses).containsKeys(400, 403, 404, 405, 406, 413, 415);
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private byte[] request(List<Route> routes, int port) {
    if (below(50) == 0) {
      return garbage();
    }
    // Streams of events have no end; their tests are their own.
    List<Route> ending =
        routes.stream().filter(route -> !route.path().endsWith("/events")).toList();
    // The files of the page are many, and one is as another.
    List<Route> api = ending.stream().filter(route -> route.path().startsWith("/api/")).toList();
    Route route = oneOf(below(10) == 0 ? ending : api);
    StringBuilder head = new StringBuilder();
    head.append(method(route)).append(' ').append(path(route)).append(query(route));
    head.append(below(60) == 0 ? " HTTP/9.9\r\n" : " HTTP/1.1\r\n");
    byte[] body = route.method() == Method.POST || below(10) == 0 ? body() : new byte[0];
    List<String> lines = new ArrayList<>();
    lines.add(
        "Host: "
            + (below(25) == 0
                ? oneOf(List.of("evil", "", "localhost:1", "a b"))
                : "localhost:" + port));
    lines.add("Connection: close");
    if (below(30) == 0) {
      lines.add("Origin: http://evil.example");
    }
    lines.add("Content-Length: " + length(body));
    if (below(5) > 0) {
      lines.add("Content-Type: " + oneOf(TYPES.subList(0, below(4) == 0 ? TYPES.size() : 3)));
    }
    if (below(3) == 0) {
      lines.add("Accept: " + oneOf(TYPES));
    }
    if (below(20) == 0) {
      lines.add("X-Elbo-Token: " + oneOf(VALUES));
    }
    if (below(40) == 0) {
      lines.add("Cookie: " + "x=".repeat(below(5000)));
    }
    if (below(60) == 0) {
      lines.add("Transfer-Encoding: chunked");
    }
    if (below(60) == 0) {
      lines.add("Content-Encoding: gzip");
    }
    lines.forEach(line -> head.append(line).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private String method(Route route) {
    return below(12) == 0
        ? oneOf(List.of("PUT", "DELETE", "TRACE", "OPTIONS", "POST", "GET", "get", "\u00e4"))
        : route.method().name();
  }

  private String path(Route route) {
    String id = below(6) == 0 ? oneOf(VALUES.subList(1, VALUES.size())) : "default";
    String path =
        route
            .path()
            .replaceAll("\\{(?!id})[a-z]+}", oneOf(List.of("1", "0", "-1", "x", "99999999999")))
            .replace("{id}", id);
    return below(30) == 0
        ? path + oneOf(List.of("/", "//", "/..", ";x=1", "%2f", "/" + "a".repeat(9000)))
        : path;
  }

  private String query(Route route) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < route.parameters().size(); i++) {
      if (below(2) == 0 && !route.parameters().get(i).name().equals("wait")) {
        query.append(query.isEmpty() ? '?' : '&').append(route.parameters().get(i).name());
        query.append(below(10) == 0 ? "" : "=" + oneOf(VALUES));
      }
    }
    if (below(10) == 0) {
      query
          .append(query.isEmpty() ? '?' : '&')
          .append(oneOf(VALUES))
          .append('=')
          .append(oneOf(VALUES));
    }
    return query.toString();
  }

  /** Mostly the right one; a wrong one ends the connection before the answer or after. */
  private String length(byte[] body) {
    return below(40) == 0
        ? oneOf(List.of("-1", "x", "99999999999", String.valueOf(body.length / 2)))
        : String.valueOf(body.length);
  }

  private byte[] body() {
    return switch (below(6)) {
      case 0 -> fragments();
      case 1 -> rows("images", 784);
      case 2 -> rows("codes", 64);
      case 3 -> floats(784);
      case 4 -> floats(64);
      default -> random(below(4000));
    };
  }

  private byte[] fragments() {
    StringBuilder text = new StringBuilder();
    int count = below(40);
    for (int i = 0; i < count; i++) {
      text.append(oneOf(FRAGMENTS));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whole but for a fault somewhere. */
  private byte[] rows(String field, int columns) {
    StringBuilder text = new StringBuilder("{\"" + field + "\":[");
    int rows = 1 + below(3);
    int fault = below(rows * columns + 1);
    String wrong =
        oneOf(List.of("2e9", "\"x\"", "null", "[]", "{}", "", "0,0", "1e400", "-200", "0x1"));
    for (int j = 0; j < rows * columns; j++) {
      text.append(j % columns == 0 ? (j == 0 ? "[" : "],[") : ",");
      text.append(j == fault ? wrong : "0.5");
    }
    text.append("]]");
    text.append(
        oneOf(List.of("}", "}", "}", "", "]", ",\"labels\":[1]}", ",\"url\":\"http://evil\"}")));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] floats(int columns) {
    float[] values = new float[columns * (1 + below(3))];
    values[below(values.length)] =
        oneOf(List.of(Float.NaN, Float.POSITIVE_INFINITY, -1f, 1e30f, Float.MIN_VALUE));
    byte[] bytes = Wire.bytes(values);
    return below(3) == 0 ? Arrays.copyOf(bytes, bytes.length - 1 - below(7)) : bytes;
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) below(256);
    }
    if (size > 8 && below(2) == 0) {
      System.arraycopy(
          new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, bytes, 0, 8);
    }
    return bytes;
  }

  private byte[] garbage() {
    byte[] bytes = random(1 + below(500));
    // Ended, so that the server does not wait for the rest of a line.
    System.arraycopy(
        "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, Math.min(4, bytes.length));
    return bytes;
  }
}
