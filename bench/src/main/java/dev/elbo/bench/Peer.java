package dev.elbo.bench;

import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parent's side of a peer: its child process, and the lines to and from it. */
final class Peer implements AutoCloseable {
  /** Starting, loading data, and one step that outlasts its lap's limit by far. */
  private static final long PATIENCE_SECONDS = 120;

  private final PeerPlan plan;
  private final Process process;
  private final Path log;
  private final PrintStream orders;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private Peer(PeerPlan plan) throws IOException {
    this.plan = plan;
    log = Files.createTempFile("elbo-bench", ".log");
    process = plan.builder().redirectError(log.toFile()).start();
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread listener = new Thread(this::listen, "elbo-bench-listener");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts the child and waits until it says hello. */
  static Peer start(PeerPlan plan) {
    try {
      Peer peer = new Peer(plan);
      peer.expect("hello ");
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PeerPlan plan() {
    return plan;
  }

  void prepare(Work work) {
    orders.println("prepare " + work.line());
    expect("ready");
  }

  /** At least one step, and no new one after {@code limitMillis}. */
  Lap run(int steps, long limitMillis) {
    orders.println("run " + steps + " " + limitMillis);
    return Lap.parse(expect("ran "));
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        answers.add(Optional.of(line));
      }
    } catch (IOException closed) {
      // The same as the end of the answers.
    }
    answers.add(Optional.empty());
  }

  private String expect(String beginning) {
    Optional<String> answer;
    try {
      answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while " + plan.name() + " computed", e);
    }
    if (answer == null) {
      process.destroyForcibly();
      throw new PeerFailure(plan.name() + " gave no answer in " + PATIENCE_SECONDS + " s");
    }
    String line = answer.orElse("its process ended");
    if (!line.startsWith(beginning)) {
      throw new PeerFailure(plan.name() + ": " + line + lastWords());
    }
    return line;
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException left) {
      // A file in the temporary folder.
    }
  }
}
