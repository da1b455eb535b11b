package dev.elbo.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The JVM that runs the tests, started once more, and what it says on standard output. */
final class ChildJvm implements AutoCloseable {
  static final List<String> VECTOR_MODULE = List.of("--add-modules", "jdk.incubator.vector");

  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(
      List<String> options, Map<String, String> environment, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    // Standard error holds the remark on the incubating module, which nobody needs.
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("ELBO_KERNELS");
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  /** The next line, or null at the end. */
  String line() throws IOException {
    return lines.readLine();
  }

  /** Reads on to a line, which must come. */
  void await(String wanted) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      if (line.equals(wanted)) {
        return;
      }
      seen.add(line);
    }
    throw new AssertionError("expected \"" + wanted + "\" from a child JVM, it said " + seen);
  }

  List<String> rest() throws IOException {
    List<String> rest = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      rest.add(line);
    }
    return rest;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("a child JVM did not end");
    }
    return process.exitValue();
  }

  /** SIGKILL where there are signals; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exit();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
