package dev.elbo.cli;

import dev.elbo.InputException;
import picocli.CommandLine.Option;

/** The number of threads: it changes how long a training takes, and nothing else. */
final class Threads {
  private static final int MOST = 256;

  /** The default batch of 128 has 16 tiles of 8 rows; more threads would find none to do. */
  private static final int MOST_BY_DEFAULT = 16;

  @Option(
      names = "--threads",
      order = 130,
      paramLabel = "N",
      description =
          "threads to compute with (all processors, at most 16); the result is the same for any")
  private Integer threads;

  boolean isGiven() {
    return threads != null;
  }

  int count() {
    if (threads == null) {
      return Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
    }
    if (threads < 1 || threads > MOST) {
      throw new InputException(
          "--threads: expected a whole number from 1 to %d, found %d; leave it out for all processors"
              .formatted(MOST, threads));
    }
    return threads;
  }
}
