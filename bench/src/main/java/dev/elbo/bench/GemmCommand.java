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

/** {@code elbo-bench gemm}. */
@Command(
    name = "gemm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "The matrix kernel beside libtorch's mm.")
final class GemmCommand implements Callable<Integer> {
  private record Shape(String name, Work.Gemm work) {}

  @Mixin private RunOptions options;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "7", description = "laps each (7)")
  private int rounds;

  @Option(
      names = "--lap",
      paramLabel = "MS",
      defaultValue = "150",
      description = "milliseconds of a lap (150)")
  private long lap;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      defaultValue = "500",
      description = "milliseconds before the first lap of a shape, each (500)")
  private long warmUp;

  @Option(
      names = "--cubes",
      paramLabel = "N",
      split = ",",
      defaultValue = "256,512,1024,2048",
      description = "sizes of the square products (256,512,1024,2048)")
  private List<Integer> cubes;

  @Override
  public Integer call() {
    FmaPeak peak = new FmaPeak();
    Table table =
        new Table(
            new Table.Column("product", "product", Table.TEXT),
            new Table.Column("m", "m", 0),
            new Table.Column("n", "n", 0),
            new Table.Column("k", "k", 0),
            new Table.Column("threads", "threads", 0),
            new Table.Column("Elbo µs", "elbo_us", 1),
            new Table.Column("GFLOP/s", "gflops", 1),
            new Table.Column("% of peak", "percent_of_peak", 1),
            new Table.Column("libtorch µs", "libtorch_us", 1),
            new Table.Column("its pools", "libtorch_setting", Table.TEXT),
            new Table.Column("× libtorch", "ratio_to_libtorch", 3));
    try (Crew crew = new Crew(options::say)) {
      Peers peers = options.peers();
      for (int threads : options.oneAndAll()) {
        crew.add(peers.elbo(Jdk.own(), threads));
      }
      Peers.torchSettings(options.threads()).forEach(setting -> crew.add(peers.torch(setting)));
      Interleaving interleaving = new Interleaving(rounds, Integer.MAX_VALUE, warmUp, lap);
      for (Shape shape : shapes()) {
        options.say("measuring " + shape.name());
        List<Series> all =
            interleaving.measure(
                crew.peers(), shape.work(), () -> options.oneAndAll().forEach(peak::measure));
        for (int threads : options.oneAndAll()) {
          addRow(table, shape, threads, all, peak);
        }
      }
    }
    Report report = new Report("The matrix kernel, c [m, n] = a [m, k]·b [k, n]", table);
    report.remark(
        "Medians of %d interleaved laps of %d ms. libtorch: mm into a given c, at its fastest setting of at most so many threads."
            .formatted(rounds, lap));
    for (int threads : options.oneAndAll()) {
      report.remark(
          "FMA peak in this run, %s: %s GFLOP/s."
              .formatted(Peers.count(threads), Numbers.fixed(peak.gigaflops(threads), 1)));
      report.figure("peak_gflops_" + threads, peak.gigaflops(threads));
    }
    options.print(report);
    return 0;
  }

  private static void addRow(
      Table table, Shape shape, int threads, List<Series> all, FmaPeak peak) {
    Work.Gemm work = shape.work();
    Series elbo =
        all.stream()
            .filter(s -> s.plan().kind() == Kind.ELBO && s.plan().threads() == threads)
            .findFirst()
            .orElseThrow();
    Optional<Series> torch = Interleaving.fastest(all, Kind.LIBTORCH, threads);
    double rate = work.flop() / elbo.median() / 1e6;
    table.add(
        shape.name(),
        work.m(),
        work.n(),
        work.k(),
        threads,
        1000 * elbo.median(),
        rate,
        100 * rate / peak.gigaflops(threads),
        torch.map(series -> 1000 * series.median()).orElse(null),
        torch.map(series -> series.plan().name().replace("libtorch, ", "")).orElse(null),
        torch.map(series -> elbo.median() / series.median()).orElse(null));
  }

  /** The products of a step of the default model, then cubes. */
  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new Shape("x·W first layer", new Work.Gemm(128, 128, 784, false)));
    shapes.add(new Shape("h·W mean", new Work.Gemm(128, 64, 128, false)));
    shapes.add(new Shape("z·W decoder", new Work.Gemm(128, 128, 64, false)));
    shapes.add(new Shape("h·W output", new Work.Gemm(128, 784, 128, false)));
    shapes.add(new Shape("dy·Wᵀ output", new Work.Gemm(128, 128, 784, false)));
    shapes.add(new Shape("xᵀ·dy first layer", new Work.Gemm(784, 128, 128, true)));
    shapes.add(new Shape("hᵀ·dy output", new Work.Gemm(128, 784, 128, true)));
    shapes.add(new Shape("hᵀ·dy mean", new Work.Gemm(128, 64, 128, true)));
    cubes.forEach(n -> shapes.add(new Shape(n + "³", new Work.Gemm(n, n, n, false))));
    return shapes;
  }
}
