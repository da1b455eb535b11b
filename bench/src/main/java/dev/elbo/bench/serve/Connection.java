package dev.elbo.bench.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that is kept; the thinnest client there can be, so that the server is measured. */
public final class Connection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String LENGTH = "content-length:";

  private final int port;
  private final Socket socket;
  private final InputStream in;

  public Connection(int port) {
    this.port = port;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of an answer that must be 200. */
  public byte[] get(String path) {
    return send(
        ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** The bytes of a request of float32 for float32. */
  public byte[] request(String path, byte[] body) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/octet-stream\r\nAccept: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, port, body.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /** Sends a request and reads the body of its answer, which must be 200. */
  public byte[] send(byte[] request) {
    try {
      socket.getOutputStream().write(request);
      String status = line();
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
          length = Integer.parseInt(header.substring(LENGTH.length()).strip());
        }
      }
      byte[] body = in.readNBytes(length);
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IllegalStateException(status + " " + new String(body, StandardCharsets.UTF_8));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
