package dev.elbo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts the JVM that runs the tests once more, as a process of its own. */
final class ChildJvm {
  private ChildJvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Standard output and error together. */
  static String output(ProcessBuilder process) throws IOException {
    Process started = process.redirectErrorStream(true).start();
    return new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
