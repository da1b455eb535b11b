package dev.elbo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process from start to end.
 *
 * @param peakBytes of resident memory, where the system tells it; 0 elsewhere
 */
record Child(double seconds, long peakBytes) {
  private static final String PEAK = "VmHWM:";

  /**
   * Runs it in a folder and waits; its output is dropped unless it fails. The peak is read every
   * few milliseconds, as the kernel forgets it with the process; it never falls, so little is
   * missed.
   */
  static Child run(List<String> command, Map<String, String> environment, Path folder) {
    try {
      Path log = Files.createTempFile("elbo-bench", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().remove("OPENBLAS_CORETYPE");
      builder.environment().remove("OPENBLAS_L2_SIZE");
      builder.environment().putAll(environment);
      long began = System.nanoTime();
      Process process = builder.start();
      Path status = Path.of("/proc/" + process.pid() + "/status");
      long peak = 0;
      while (!process.waitFor(3, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakOf(status));
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      if (process.exitValue() != 0) {
        throw new PeerFailure(
            String.join(" ", command)
                + " ended with "
                + process.exitValue()
                + "\n"
                + Files.readString(log));
      }
      Files.delete(log);
      return new Child(seconds, peak);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a process ran", e);
    }
  }

  private static long peakOf(Path status) {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(PEAK)) {
          return 1024 * Long.parseLong(line.substring(PEAK.length()).replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException | RuntimeException ended) {
      // The process is over, or this system has no such file.
    }
    return 0;
  }
}
