package dev.elbo.bench;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.bench.PeerPlan.Kind;
import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.TorchJob;
import dev.elbo.bench.peer.Work;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.MetricsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench job}. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A whole training, process start to last picture, beside the same in libtorch.")
final class JobCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--epochs", paramLabel = "N", defaultValue = "25", description = "(25)")
  private int epochs;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "jobs each (3)")
  private int rounds;

  @Option(
      names = "--elbo-only",
      description = "without libtorch: wall clock, memory and warm-up of Elbo alone")
  private boolean alone;

  /**
   * @param excess of the first epoch over a later one, seconds; NaN where there is no later one
   */
  private record ElboRun(Child child, double excess, double lastLoss) {}

  @Override
  public Integer call() {
    String data = options.data();
    if (data.equals(Digits.SYNTHETIC)) {
      throw new InputException(
          "job: expected MNIST in --data, ELBO_DATA or ../shared/data, found none; both engines load the same files");
    }
    Optional<TorchSetting> setting = alone ? Optional.empty() : fastestSetting();
    List<ElboRun> elbo = new ArrayList<>();
    List<Child> torch = new ArrayList<>();
    Path folder = Scratch.folder();
    try {
      // Builds it where that is needed, and reads the files into the system's cache.
      Child.run(elboCommand(folder.resolve("first"), data, 1), Map.of(), folder);
      for (int round = 0; round < rounds; round++) {
        int number = round;
        options.say("round " + (round + 1) + " of " + rounds);
        elbo.add(elboRun(folder.resolve("elbo-" + round), data, folder));
        setting.ifPresent(
            chosen -> torch.add(torchRun(chosen, folder.resolve("torch-" + number), data, folder)));
      }
    } finally {
      Scratch.delete(folder);
    }
    options.print(report(elbo, torch, setting));
    return 0;
  }

  /** By a short run of steps in each setting, as the whole job would take too long in the worst. */
  private Optional<TorchSetting> fastestSetting() {
    List<TorchSetting> settings = Peers.torchSettings(options.threads());
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    try (Crew crew = new Crew(options::say)) {
      settings.forEach(setting -> crew.add(options.peers().torch(setting)));
      List<Series> all =
          new Interleaving(5, 100, 500, 500).measure(crew.peers(), Work.Step.DEFAULT, () -> {});
      Series best = Interleaving.fastest(all, Kind.LIBTORCH, options.threads()).orElseThrow();
      return Optional.of(settings.get(all.indexOf(best)));
    }
  }

  private List<String> elboCommand(Path out, String data, int passes) {
    List<String> arguments =
        List.of(
            "train",
            "--quiet",
            "--dataset",
            "mnist",
            "--data",
            data,
            "--epochs",
            String.valueOf(passes),
            "--threads",
            String.valueOf(options.threads()),
            "--out",
            out.toString());
    return Scratch.command(options.root().resolve("elbo").toString(), arguments);
  }

  private ElboRun elboRun(Path out, String data, Path folder) {
    Child child = Child.run(elboCommand(out, data, epochs), Map.of(), folder);
    List<EpochMetrics> rows =
        new MetricsFile(out.resolve("metrics.csv"), new DurableFiles(new LocalDisk())).read();
    double[] later = new double[rows.size() - 1];
    for (int i = 0; i < later.length; i++) {
      later[i] = rows.get(i + 1).seconds() - rows.get(i).seconds();
    }
    double excess = later.length == 0 ? Double.NaN : rows.get(0).seconds() - Series.median(later);
    return new ElboRun(child, excess, rows.get(rows.size() - 1).testLoss());
  }

  private Child torchRun(TorchSetting setting, Path out, String data, Path folder) {
    List<String> command = Peers.nativeJvm(TorchJob.class.getName(), Peers.classPath());
    command.addAll(List.of(data, String.valueOf(epochs), out.toString()));
    return Child.run(command, setting.environment(), folder);
  }

  private Report report(List<ElboRun> elbo, List<Child> torch, Optional<TorchSetting> setting) {
    Table table =
        new Table(
            new Table.Column("engine", "engine", Table.TEXT),
            new Table.Column("s", "seconds", 2),
            new Table.Column("least", "seconds_least", 2),
            new Table.Column("most", "seconds_most", 2),
            new Table.Column("peak MB", "peak_mb", 0),
            new Table.Column("first epoch − later, s", "warm_up_seconds", 2));
    List<Child> children = elbo.stream().map(ElboRun::child).toList();
    double excess = Series.median(elbo.stream().mapToDouble(ElboRun::excess).toArray());
    double mine = add(table, "./elbo train", children, Double.isNaN(excess) ? null : excess);
    Report report =
        new Report(
            "The whole job: %d epochs on MNIST, process start to last picture".formatted(epochs),
            table);
    report.remark(
        "Medians of %d jobs each, in turn; peak of resident memory. Test loss of the last Elbo: %s nats."
            .formatted(rounds, Numbers.fixed(elbo.get(elbo.size() - 1).lastLoss(), 2)));
    if (torch.isEmpty()) {
      report.remark(alone ? "libtorch was left out." : "libtorch is absent here.");
    } else {
      double theirs = add(table, setting.orElseThrow().toString(), torch, null);
      report.figure("ratio", mine / theirs);
      report.remark("Elbo takes %s of libtorch's time.".formatted(Numbers.fixed(mine / theirs, 3)));
    }
    return report;
  }

  private static double add(Table table, String engine, List<Child> runs, Double excess) {
    double[] seconds = runs.stream().mapToDouble(Child::seconds).sorted().toArray();
    double peak = runs.stream().mapToLong(Child::peakBytes).max().orElseThrow() / 1e6;
    double median = Series.median(seconds);
    table.add(engine, median, seconds[0], seconds[seconds.length - 1], peak, excess);
    return median;
  }
}
