package dev.elbo.bench;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.bench.PeerPlan.Kind;
import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.TorchJob;
import dev.elbo.bench.peer.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Override
  public Integer call() {
    String data = options.data();
    if (data.equals(Digits.SYNTHETIC)) {
      throw new InputException(
          "job: expected MNIST in --data, ELBO_DATA or ../shared/data, found none; both engines load the same files");
    }
    Optional<TorchSetting> setting = alone ? Optional.empty() : fastestSetting();
    List<ElboJob> elbo = new ArrayList<>();
    List<Child> torch = new ArrayList<>();
    Path folder = Scratch.folder();
    try {
      // Builds it where that is needed, and reads the files into the system's cache.
      ElboJob.run(options, 1, folder.resolve("first"));
      for (int round = 0; round < rounds; round++) {
        int number = round;
        options.say("round " + (round + 1) + " of " + rounds);
        elbo.add(ElboJob.run(options, epochs, folder.resolve("elbo-" + round)));
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

  private Child torchRun(TorchSetting setting, Path out, String data, Path folder) {
    List<String> command = Peers.nativeJvm(TorchJob.class.getName(), Peers.classPath());
    command.addAll(List.of(data, String.valueOf(epochs), out.toString()));
    return Child.run(command, setting.environment(), folder);
  }

  private Report report(List<ElboJob> elbo, List<Child> torch, Optional<TorchSetting> setting) {
    Table table =
        new Table(
            new Table.Column("engine", "engine", Table.TEXT),
            new Table.Column("s", "seconds", 2),
            new Table.Column("least", "seconds_least", 2),
            new Table.Column("most", "seconds_most", 2),
            new Table.Column("peak MB", "peak_mb", 0),
            new Table.Column("first epoch − later, s", "warm_up_seconds", 2));
    List<Child> children = elbo.stream().map(ElboJob::child).toList();
    double excess = Series.median(elbo.stream().mapToDouble(ElboJob::warmUp).toArray());
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
