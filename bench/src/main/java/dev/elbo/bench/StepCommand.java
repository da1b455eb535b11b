package dev.elbo.bench;

import dev.elbo.Numbers;
import dev.elbo.bench.PeerPlan.Kind;
import dev.elbo.bench.peer.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench step}. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "A training step of the default configuration, beside libtorch and Deeplearning4j.")
final class StepCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "9", description = "laps each (9)")
  private int rounds;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "200", description = "a lap (200)")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "4000",
      description = "milliseconds before the first lap, each (4000)")
  private long warmUp;

  @Option(
      names = "--limit",
      paramLabel = "MS",
      defaultValue = "2000",
      description = "a lap ends early after these milliseconds (2000)")
  private long limit;

  @Option(
      names = "--guard",
      paramLabel = "RATIO",
      description = "exit 1 when Elbo takes more than this share of libtorch's time")
  private Double guard;

  @Override
  public Integer call() {
    Work.Step work = Work.Step.DEFAULT;
    FmaPeak peak = new FmaPeak();
    List<Series> all = measure(work, peak);
    Optional<Series> torch = Interleaving.fastest(all, Kind.LIBTORCH, options.threads());
    Report report = report(work, all, torch, peak);
    Series elbo =
        Interleaving.fastest(all.subList(0, 1), Kind.ELBO, options.threads()).orElseThrow();
    torch.ifPresent(
        fastest -> {
          double ratio = elbo.median() / fastest.median();
          report.figure("ratio", ratio);
          report.remark(
              "%s takes %s of the time of %s, libtorch's fastest setting in this run."
                  .formatted(elbo.plan().name(), Numbers.fixed(ratio, 3), fastest.plan().name()));
        });
    options.print(report);
    return guarded(elbo, torch);
  }

  private List<Series> measure(Work.Step work, FmaPeak peak) {
    try (Crew crew = new Crew(options::say)) {
      Peers peers = options.peers();
      for (Jdk jdk : Jdk.newestAndOldest()) {
        crew.add(peers.elbo(jdk, options.threads()));
        if (options.threads() > 1) {
          crew.add(peers.elbo(jdk, 1));
        }
      }
      Peers.torchSettings(options.threads()).forEach(setting -> crew.add(peers.torch(setting)));
      peers.deeplearning4j(options.threads()).forEach(crew::add);
      return new Interleaving(rounds, steps, warmUp, limit)
          .measure(crew.peers(), work, () -> options.oneAndAll().forEach(peak::measure));
    }
  }

  private Report report(Work.Step work, List<Series> all, Optional<Series> torch, FmaPeak peak) {
    Table table =
        new Table(
            new Table.Column("engine", "engine", Table.TEXT),
            new Table.Column("ms a step", "ms", 3),
            new Table.Column("least", "ms_least", 3),
            new Table.Column("most", "ms_most", 3),
            new Table.Column("images/s", "images_per_second", 0),
            new Table.Column("GFLOP/s", "gflops", 1),
            new Table.Column("% of peak", "percent_of_peak", 1),
            new Table.Column("× libtorch", "ratio_to_libtorch", 3),
            new Table.Column("loss", "loss", 1));
    for (Series series : all) {
      double ms = series.median();
      double rate = work.flop() / ms / 1e6;
      table.add(
          series.plan().name(),
          ms,
          series.least(),
          series.most(),
          work.batch() / ms * 1000,
          rate,
          100 * rate / peak.gigaflops(series.plan().threads() == 1 ? 1 : options.threads()),
          torch.map(fastest -> ms / fastest.median()).orElse(null),
          series.loss());
    }
    Report report =
        new Report(
            "A step of training: 784-128-2×64-128-784, batch 128, Adam; %s"
                .formatted(options.dataName()),
            table);
    report.remark(
        "Medians of %d interleaved laps of %d steps (a lap ends after %d ms), with the least and the most."
            .formatted(rounds, steps, limit));
    report.remark(
        "FLOP a step = 2·batch·(3·weights − weights of the first layer) = %s million, zeros counted."
            .formatted(Numbers.fixed(work.flop() / 1e6, 1)));
    for (int threads : options.oneAndAll()) {
      report.remark(
          "FMA peak in this run, %s: %s GFLOP/s."
              .formatted(Peers.count(threads), Numbers.fixed(peak.gigaflops(threads), 1)));
      report.figure("peak_gflops_" + threads, peak.gigaflops(threads));
    }
    absences(all).forEach(report::remark);
    return report;
  }

  private static List<String> absences(List<Series> all) {
    List<String> lines = new ArrayList<>();
    for (Kind kind : List.of(Kind.LIBTORCH, Kind.DL4J)) {
      if (all.stream().noneMatch(series -> series.plan().kind() == kind)) {
        lines.add(kind + " is absent: it has no natives for this platform here.");
      }
    }
    return lines;
  }

  private int guarded(Series elbo, Optional<Series> torch) {
    if (guard == null) {
      return 0;
    }
    if (torch.isEmpty()) {
      options.say("the guard was not checked: libtorch is absent");
      return 0;
    }
    double ratio = elbo.median() / torch.get().median();
    if (ratio <= guard) {
      return 0;
    }
    options.say(
        "the guard does not hold: expected at most %s of libtorch's time, found %s"
            .formatted(Numbers.fixed(guard, 3), Numbers.fixed(ratio, 3)));
    return 1;
  }
}
