package dev.elbo.bench;

import dev.elbo.Numbers;
import dev.elbo.bench.PeerPlan.Kind;
import dev.elbo.bench.peer.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench scale}. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A training step at other sizes, one of them changed at a time; table and plot.")
final class ScaleCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "laps each (5)")
  private int rounds;

  @Option(
      names = "--lap",
      paramLabel = "MS",
      defaultValue = "400",
      description = "milliseconds of a lap, at least one step (400)")
  private long lap;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "1500",
      description = "milliseconds before the first lap of a size, each (1500)")
  private long warmUp;

  @Option(names = "--hidden", split = ",", defaultValue = "64,128,256,512,1024,2048")
  private List<Integer> hidden;

  @Option(names = "--latent", split = ",", defaultValue = "2,8,32,64,128,512")
  private List<Integer> latent;

  @Option(names = "--batch", split = ",", defaultValue = "16,64,128,512,1024,4096")
  private List<Integer> batch;

  @Option(names = "--depth", split = ",", defaultValue = "1,2,3,4")
  private List<Integer> depth;

  @Option(
      names = "--plot",
      paramLabel = "DIR",
      description = "where scale.png and scale.svg go (bench/target)")
  private Path plot;

  @Override
  public Integer call() {
    FmaPeak peak = new FmaPeak();
    List<ScaleRow> rows = new ArrayList<>();
    try (Crew crew = new Crew(options::say)) {
      Peers peers = options.peers();
      for (int threads : threadCounts()) {
        crew.add(peers.elbo(Jdk.own(), threads));
      }
      Peers.torchSettings(options.threads()).forEach(setting -> crew.add(peers.torch(setting)));
      Interleaving interleaving = new Interleaving(rounds, Integer.MAX_VALUE, warmUp, lap);
      for (ScaleRow.Size size : sizes()) {
        options.say("measuring " + size.factor() + " " + size.value());
        List<Series> all =
            interleaving.measure(
                crew.peers(), size.work(), () -> threadCounts().forEach(peak::measure));
        threadCounts().forEach(threads -> rows.add(row(size, threads, all, peak)));
      }
    }
    Report report = report(rows);
    for (int threads : threadCounts()) {
      report.remark(
          "FMA peak in this run, %s: %s GFLOP/s."
              .formatted(Peers.count(threads), Numbers.fixed(peak.gigaflops(threads), 1)));
    }
    Path folder = plot == null ? options.root().resolve("bench/target") : plot;
    try {
      report.remark(ScalePlot.write(rows, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    options.print(report);
    return 0;
  }

  /** 1, 2, 4, … and the most. */
  private List<Integer> threadCounts() {
    return TorchSetting.sizes(options.threads());
  }

  private List<ScaleRow.Size> sizes() {
    Work.Step usual = Work.Step.DEFAULT;
    List<ScaleRow.Size> sizes = new ArrayList<>();
    for (int n : hidden) {
      sizes.add(
          new ScaleRow.Size(
              "hidden", n, new Work.Step(List.of(n), usual.latent(), usual.batch(), 0)));
    }
    for (int n : latent) {
      sizes.add(new ScaleRow.Size("latent", n, new Work.Step(usual.hidden(), n, usual.batch(), 0)));
    }
    for (int n : batch) {
      sizes.add(new ScaleRow.Size("batch", n, new Work.Step(usual.hidden(), usual.latent(), n, 0)));
    }
    for (int n : depth) {
      List<Integer> layers = Collections.nCopies(n, usual.hidden().get(0));
      sizes.add(
          new ScaleRow.Size("depth", n, new Work.Step(layers, usual.latent(), usual.batch(), 0)));
    }
    return sizes;
  }

  private static ScaleRow row(ScaleRow.Size size, int threads, List<Series> all, FmaPeak peak) {
    Series elbo =
        all.stream()
            .filter(s -> s.plan().kind() == Kind.ELBO && s.plan().threads() == threads)
            .findFirst()
            .orElseThrow();
    Optional<Series> torch = Interleaving.fastest(all, Kind.LIBTORCH, threads);
    double rate = size.work().flop() / elbo.median() / 1e6;
    return new ScaleRow(size, threads, elbo, torch, rate, 100 * rate / peak.gigaflops(threads));
  }

  private Report report(List<ScaleRow> rows) {
    Table table =
        new Table(
            new Table.Column("factor", "factor", Table.TEXT),
            new Table.Column("value", "value", 0),
            new Table.Column("threads", "threads", 0),
            new Table.Column("Elbo ms", "elbo_ms", 3),
            new Table.Column("least", "elbo_ms_least", 3),
            new Table.Column("most", "elbo_ms_most", 3),
            new Table.Column("GFLOP/s", "gflops", 1),
            new Table.Column("% of peak", "percent_of_peak", 1),
            new Table.Column("libtorch ms", "libtorch_ms", 3),
            new Table.Column("its pools", "libtorch_setting", Table.TEXT),
            new Table.Column("× libtorch", "ratio_to_libtorch", 3));
    for (ScaleRow row : rows) {
      table.add(
          row.size().factor(),
          row.size().value(),
          row.threads(),
          row.elbo().median(),
          row.elbo().least(),
          row.elbo().most(),
          row.gigaflops(),
          row.percentOfPeak(),
          row.torch().map(Series::median).orElse(null),
          row.torch().map(s -> s.plan().name().replace("libtorch, ", "")).orElse(null),
          row.ratio().orElse(null));
    }
    Report report =
        new Report(
            "A step of training at other sizes than 784-128-2×64-128-784, batch 128; "
                + options.dataName(),
            table);
    report.remark(
        "Medians of %d interleaved laps of %d ms. libtorch at its fastest setting of at most so many threads, for each row anew."
            .formatted(rounds, lap));
    return report;
  }
}
