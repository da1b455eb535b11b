package dev.elbo.bench;

import dev.elbo.bench.peer.Digits;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.MetricsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A training by {@code ./elbo train}, in a process of its own.
 *
 * @param warmUp seconds of the first epoch less those of a later one; NaN where there is none
 * @param lastLoss of the test set, nats per image
 */
record ElboJob(Child child, double warmUp, double lastLoss) {

  /** Trains on MNIST, or on pen digits where MNIST is not here. */
  static ElboJob run(RunOptions options, int epochs, Path out) {
    String data = options.data();
    List<String> arguments = new ArrayList<>(List.of("train", "--quiet", "--dataset"));
    arguments.addAll(
        data.equals(Digits.SYNTHETIC) ? List.of("pen") : List.of("mnist", "--data", data));
    arguments.addAll(List.of("--epochs", String.valueOf(epochs)));
    arguments.addAll(List.of("--threads", String.valueOf(options.threads())));
    arguments.addAll(List.of("--out", out.toString()));
    String program = options.root().resolve("elbo").toString();
    Child child = Child.run(Scratch.command(program, arguments), Map.of(), out.getParent());
    List<EpochMetrics> rows =
        new MetricsFile(out.resolve("metrics.csv"), new DurableFiles(new LocalDisk())).read();
    double[] ends = rows.stream().mapToDouble(EpochMetrics::seconds).toArray();
    return new ElboJob(child, warmUp(ends), rows.get(rows.size() - 1).testLoss());
  }

  /**
   * @param ends of the epochs, seconds from the beginning of the first
   */
  static double warmUp(double[] ends) {
    if (ends.length < 2) {
      return Double.NaN;
    }
    double[] later = new double[ends.length - 1];
    for (int i = 0; i < later.length; i++) {
      later[i] = ends[i + 1] - ends[i];
    }
    return ends[0] - Series.median(later);
  }
}
