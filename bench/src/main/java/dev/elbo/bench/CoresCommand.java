package dev.elbo.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench cores}. */
@Command(
    name = "cores",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "What two threads pay to pass a flag and arrays to each other.")
final class CoresCommand implements Callable<Integer> {
  private static final int[] SIZES_KB = {32, 128, 400, 1600};
  private static final double BYTES_OF_KB = 1024;

  @Mixin private RunOptions options;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2000",
      description = "for each size, after as many to warm up (2000)")
  private int rounds;

  @Override
  public Integer call() {
    Table table =
        new Table(
            new Table.Column("array, kB", "kb", 0),
            new Table.Column("alone: write GB/s", "write_alone", 1),
            new Table.Column("read GB/s", "read_alone", 1),
            new Table.Column("in turn: write GB/s", "write_in_turn", 1),
            new Table.Column("read GB/s", "read_in_turn", 1));
    for (int kb : SIZES_KB) {
      float[] array = new float[kb * 256];
      double gigabytes = kb * BYTES_OF_KB / 1e9;
      ArrayHandover.Seconds alone = ArrayHandover.alone(array, rounds);
      ArrayHandover.Seconds inTurn = ArrayHandover.inTurn(array, rounds);
      table.add(
          kb,
          gigabytes / alone.write(),
          gigabytes / alone.read(),
          gigabytes / inTurn.write(),
          gigabytes / inTurn.read());
    }
    Report report = new Report("Arrays between two threads", table);
    double there = ArrayHandover.inTurn(new float[0], 100 * rounds).round();
    report.figure("flag_ns", there * 1e9);
    report.remark(
        "Alone: one thread writes an array and reads it. In turn: one writes it, the other reads it, the first writes it again. A flag there and back: %d ns."
            .formatted(Math.round(there * 1e9)));
    options.print(report);
    return 0;
  }
}
