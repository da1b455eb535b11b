package dev.elbo.bench;

import dev.elbo.bench.serve.Connection;
import dev.elbo.bench.serve.Load;
import dev.elbo.bench.serve.ServerProcess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "./elbo serve asked over loopback: latency of one, many clients at once, a batch of 1,000;"
            + " start to the first answer of ./elbo studio.")
final class ServeCommand implements Callable<Integer> {
  private static final String MODEL = "/api/v1/models/default/";
  private static final int PIXELS = 784;
  private static final int LATENT = 64;
  private static final int BATCH = 1000;

  @Mixin private RunOptions options;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "of each load (10)")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "seconds before each (5)")
  private double warmUp;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "at once, one image a request (64)")
  private int clients;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "5",
      description = "of ./elbo studio (5; 0 leaves them out)")
  private int starts;

  @Override
  public Integer call() {
    Table table =
        new Table(
            new Table.Column("request", "request", Table.TEXT),
            new Table.Column("clients", "clients", 0),
            new Table.Column("p50 ms", "p50_ms", 2),
            new Table.Column("p99 ms", "p99_ms", 2),
            new Table.Column("requests/s", "requests_per_second", 0),
            new Table.Column("images/s", "images_per_second", 0),
            new Table.Column("images/s of model time", "model_images_per_second", 0));
    Report report = new Report("Requests of float32 over loopback, the model inside", table);
    double[] health = new double[starts];
    for (int i = -1; i < starts; i++) {
      options.say("starting ./elbo studio");
      try (ServerProcess studio = ServerProcess.start(options.root(), "studio")) {
        if (i >= 0) {
          health[i] = studio.secondsToHealth();
        }
      }
    }
    try (ServerProcess server = ServerProcess.start(options.root(), "serve")) {
      add(table, server, "decode one", 1, 1, "decode", new byte[LATENT * Float.BYTES]);
      long before = server.residentBytes();
      add(table, server, "reconstruct one", clients, 1, "reconstruct", image(1));
      add(table, server, "reconstruct 1,000", 1, BATCH, "reconstruct", image(BATCH));
      report.remark(
          "Memory of the server: %d MB before the %d clients, %d MB at the end."
              .formatted(before >> 20, clients, server.residentBytes() >> 20));
    }
    if (starts > 0) {
      Arrays.sort(health);
      report.remark(
          "./elbo studio to the answer of /healthz: %.2f s (%.2f to %.2f of %d starts, after one that is not counted)."
              .formatted(Series.median(health), health[0], health[starts - 1], starts));
      report.figure("health_seconds", Series.median(health));
    }
    options.print(report);
    return 0;
  }

  private void add(
      Table table,
      ServerProcess server,
      String what,
      int atOnce,
      int images,
      String task,
      byte[] body) {
    options.say(what + ", " + atOnce + " at once");
    Load.of(server.port(), atOnce, warmUp, MODEL + task, body);
    double[] before = model(server);
    Load load = Load.of(server.port(), atOnce, seconds, MODEL + task, body);
    double[] after = model(server);
    table.add(
        what,
        atOnce,
        load.quantile(0.5),
        load.quantile(0.99),
        load.requestsPerSecond(),
        load.requestsPerSecond() * images,
        (after[0] - before[0]) / (after[1] - before[1]));
  }

  /** Rows that the model has computed, and in how many seconds. */
  private static double[] model(ServerProcess server) {
    try (Connection connection = new Connection(server.port())) {
      String metrics = new String(connection.get("/metrics"), StandardCharsets.UTF_8);
      return new double[] {
        value(metrics, "elbo_batch_rows_sum{"), value(metrics, "elbo_model_seconds_total{")
      };
    }
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Grey stripes: the server's encoder is dense, so that any image costs the same. */
  private static byte[] image(int count) {
    ByteBuffer bytes =
        ByteBuffer.allocate(count * PIXELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < count * PIXELS; j++) {
      bytes.putFloat(j % 7 / 7f);
    }
    return bytes.array();
  }
}
