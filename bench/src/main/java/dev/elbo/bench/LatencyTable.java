package dev.elbo.bench;

import java.util.List;
import java.util.function.IntConsumer;
import picocli.CommandLine.Option;

/** Latency of one image, and images a second of many. */
final class LatencyTable {
  @Option(names = "--times", paramLabel = "N", defaultValue = "200", description = "each (200)")
  private int times;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "milliseconds before, each (2000)")
  private long warmUp;

  @Option(
      names = "--images",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,64,10000",
      description = "how many at once (1,64,10000)")
  private List<Integer> counts;

  /**
   * @param job does so many images
   */
  Report measure(String what, IntConsumer job) {
    Table table =
        new Table(
            new Table.Column("images", "images", 0),
            new Table.Column("ms", "ms", 4),
            new Table.Column("least", "ms_least", 4),
            new Table.Column("most", "ms_most", 4),
            new Table.Column("images/s", "images_per_second", 0));
    for (int count : counts) {
      int repeated = Math.max(1, Math.min(times, 200_000 / count));
      Stopwatch watch = Stopwatch.time(repeated, warmUp, () -> job.accept(count));
      table.add(count, watch.median(), watch.least(), watch.most(), count / watch.median() * 1000);
    }
    Report report = new Report(what, table);
    report.remark("Medians of %d calls (fewer of many images).".formatted(times));
    return report;
  }
}
