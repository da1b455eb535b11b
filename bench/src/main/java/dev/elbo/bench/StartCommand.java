package dev.elbo.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Wall clock of short commands: ./elbo --version, ./elbo generate -n 64.")
final class StartCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--times", paramLabel = "N", defaultValue = "11", description = "each (11)")
  private int times;

  @Override
  public Integer call() {
    Table table =
        new Table(
            new Table.Column("command", "command", Table.TEXT),
            new Table.Column("s", "seconds", 3),
            new Table.Column("least", "seconds_least", 3),
            new Table.Column("most", "seconds_most", 3),
            new Table.Column("peak MB", "peak_mb", 0));
    String elbo = options.root().resolve("elbo").toString();
    Path folder = Scratch.folder();
    try {
      for (List<String> arguments :
          List.of(List.of("--version"), List.of("generate", "-n", "64"))) {
        add(table, elbo, arguments, folder);
      }
    } finally {
      Scratch.delete(folder);
    }
    Report report = new Report("Short commands, wall clock", table);
    report.remark("Medians of %d, after one that is not counted.".formatted(times));
    options.print(report);
    return 0;
  }

  private void add(Table table, String elbo, List<String> arguments, Path folder) {
    List<String> command = Scratch.command(elbo, arguments);
    Child.run(command, Map.of(), folder);
    double[] seconds = new double[times];
    long peak = 0;
    for (int i = 0; i < times; i++) {
      Child child = Child.run(command, Map.of(), folder);
      seconds[i] = child.seconds();
      peak = Math.max(peak, child.peakBytes());
    }
    Arrays.sort(seconds);
    table.add(
        "./elbo " + String.join(" ", arguments),
        Series.median(seconds),
        seconds[0],
        seconds[times - 1],
        peak / 1e6);
  }
}
