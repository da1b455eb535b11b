package dev.elbo.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Mirrors on loopback, each with its own way to go wrong, named by the first part of its path. */
final class Mirrors implements AutoCloseable {
  /** Paths asked for, in order. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private Map<Role, byte[]> files = Map.of();

  /** What a mirror does with a request for a file. */
  private interface Answer {
    void to(HttpExchange exchange, byte[] file) throws IOException, InterruptedException;
  }

  Mirrors() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    serve("good", (exchange, file) -> send(exchange, 200, file.length, file));
    serve("chunked", (exchange, file) -> send(exchange, 200, 0, file));
    serve("missing", (exchange, file) -> send(exchange, 404, 4, new byte[4]));
    serve("page", (exchange, file) -> send(exchange, 200, 3, new byte[3]));
    serve("endless", (exchange, file) -> send(exchange, 200, 0, new byte[file.length + 100_000]));
    serve("short", (exchange, file) -> send(exchange, 200, 0, new byte[file.length - 1]));
    serve("torn", (exchange, file) -> send(exchange, 200, file.length, new byte[7]));
    serve("wrong", (exchange, file) -> send(exchange, 200, file.length, new byte[file.length]));
    serve("silent", (exchange, file) -> end.await());
    serve(
        "stalling",
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file, 0, 10);
          exchange.getResponseBody().flush();
          end.await();
        });
    serve(
        "trickling",
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, file.length);
          for (byte b : file) {
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
            Thread.sleep(20);
          }
          exchange.close();
        });
    serve(
        "moved",
        (exchange, file) -> {
          String path = exchange.getRequestURI().getPath();
          exchange.getResponseHeaders().add("Location", path.replace("/moved/", "/good/"));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  void hold(Map<Role, byte[]> packed) {
    files = packed;
  }

  URI at(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/");
  }

  /** A mirror where nobody listens. */
  static URI refusing() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String name, Answer answer) {
    server.createContext(
        "/" + name + "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          for (Role role : Role.IDX) {
            if (path.equals("/" + name + "/" + role.fileName() + ".gz")) {
              try {
                answer.to(exchange, files.get(role));
              } catch (InterruptedException e) {
                exchange.close();
              }
            }
          }
        });
  }

  private static void send(HttpExchange exchange, int status, long length, byte[] body)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
      out.flush(); // then, fewer than promised: closing throws, and the server drops the connection
    }
  }
}
