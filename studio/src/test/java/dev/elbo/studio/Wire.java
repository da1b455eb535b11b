package dev.elbo.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests written byte by byte, one a connection: clients of the JDK would neither lie about their
 * Host nor break off.
 */
final class Wire {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final int port;

  Wire(int port) {
    this.port = port;
  }

  /** An answer; names of headers in lower case. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** The sentence of an error; empty where there is none. */
    String error() {
      boolean isJson = headers.getOrDefault("content-type", "").startsWith("application/json");
      return isJson ? json().path("error").asText() : "";
    }

    String field() {
      return json().path("field").asText();
    }

    float[] floats() {
      float[] values = new float[body.length / Float.BYTES];
      ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }

  /** A request, changed step by step. */
  final class Ask {
    private final String line;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};

    private Ask(String line) {
      this.line = line;
      headers.put("Host", "localhost:" + port);
      headers.put("Connection", "close");
    }

    /** Null takes a header away. */
    Ask header(String name, String value) {
      if (value == null) {
        headers.remove(name);
      } else {
        headers.put(name, value);
      }
      return this;
    }

    Ask accept(String type) {
      return header("Accept", type);
    }

    Ask body(String type, byte[] bytes) {
      body = bytes;
      return header("Content-Type", type);
    }

    Ask json(String text) {
      return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    Ask floats(float... values) {
      return body("application/octet-stream", bytes(values));
    }

    Reply send() {
      if (body.length > 0 || line.startsWith("POST")) {
        headers.putIfAbsent("Content-Length", String.valueOf(body.length));
      }
      StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[start.length + body.length];
      System.arraycopy(start, 0, all, 0, start.length);
      System.arraycopy(body, 0, all, start.length, body.length);
      return raw(all);
    }
  }

  Ask get(String path) {
    return new Ask("GET " + path);
  }

  Ask post(String path) {
    return new Ask("POST " + path);
  }

  Ask ask(String method, String path) {
    return new Ask(method + " " + path);
  }

  static byte[] bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Whatever bytes; an answer with status 0 where the server just closed the connection. */
  Reply raw(byte[] request) {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException refused) {
        // The server may have answered and closed before all was written; its answer counts.
      }
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  static Reply read(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        all.write(buffer, 0, count);
      }
    } catch (java.net.SocketException reset) {
      // What came before counts.
    }
    return parse(all.toByteArray());
  }

  private static Reply parse(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, Map.of(), bytes);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    boolean chunked = headers.getOrDefault("transfer-encoding", "").equals("chunked");
    return new Reply(status, headers, chunked ? unchunked(body) : body);
  }

  private static byte[] unchunked(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < body.length) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      whole.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
    return whole.toByteArray();
  }
}
