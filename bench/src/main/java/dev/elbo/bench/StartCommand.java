package dev.elbo.bench;

import dev.elbo.InputException;
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
    description =
        "Wall clock of ./elbo --version and ./elbo generate -n 64; warm-up and memory of ./elbo train.")
final class StartCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--times", paramLabel = "N", defaultValue = "11", description = "each (11)")
  private int times;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "5",
      description = "trainings, for the warm-up (5; 0 leaves them out)")
  private int jobs;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "of such a training, 2 or more (5)")
  private int epochs;

  @Override
  public Integer call() {
    if (epochs < 2) {
      throw new InputException(
          "--epochs: expected 2 or more, found %d; the warm-up is the first less a later one"
              .formatted(epochs));
    }
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
      addWarmUp(table, folder);
    } finally {
      Scratch.delete(folder);
    }
    Report report = new Report("Start and warm-up", table);
    report.remark("Medians of %d, after one that is not counted.".formatted(times));
    if (jobs > 0) {
      report.remark(
          "Warm-up: the first epoch of ./elbo train less the median of the later ones, in %d processes of %d epochs on %s."
              .formatted(
                  jobs, epochs, options.dataName().equals("MNIST") ? "MNIST" : "pen digits"));
    }
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
    add(table, "./elbo " + String.join(" ", arguments), seconds, peak);
  }

  private void addWarmUp(Table table, Path folder) {
    if (jobs == 0) {
      return;
    }
    double[] seconds = new double[jobs];
    long peak = 0;
    for (int i = 0; i < jobs; i++) {
      options.say("training " + (i + 1) + " of " + jobs);
      ElboJob job = ElboJob.run(options, epochs, folder.resolve("job-" + i));
      seconds[i] = job.warmUp();
      peak = Math.max(peak, job.child().peakBytes());
    }
    add(table, "warm-up of ./elbo train", seconds, peak);
  }

  private static void add(Table table, String what, double[] seconds, long peak) {
    Arrays.sort(seconds);
    table.add(what, Series.median(seconds), seconds[0], seconds[seconds.length - 1], peak / 1e6);
  }
}
