package dev.elbo.bench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server started by the launcher, as a user starts it. */
public final class ServerProcess implements AutoCloseable {
  private static final String RESIDENT = "VmRSS:";
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final int port;
  private final double secondsToHealth;

  private ServerProcess(Process process, int port, double secondsToHealth) {
    this.process = process;
    this.port = port;
    this.secondsToHealth = secondsToHealth;
  }

  /**
   * Starts it and asks {@code /healthz} as soon as it says where it listens.
   *
   * @param command {@code serve} or {@code studio}
   */
  public static ServerProcess start(Path root, String command) {
    List<String> words = new ArrayList<>(List.of(root.resolve("elbo").toString(), command));
    words.addAll(List.of("--port", "0", "--quiet"));
    if (command.equals("studio")) {
      words.add("--no-open");
    }
    long begun = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null) {
        throw new IllegalStateException(String.join(" ", words) + " ended without an address");
      }
      int port = URI.create(line.substring(line.indexOf("http"))).getPort();
      try (Connection connection = new Connection(port)) {
        connection.get("/healthz");
      }
      return new ServerProcess(process, port, (System.nanoTime() - begun) / 1e9);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** From the start of the launcher to the answer of {@code /healthz}. */
  public double secondsToHealth() {
    return secondsToHealth;
  }

  /** Bytes of memory that it holds, where the system tells; 0 elsewhere. */
  public long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException unknown) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
