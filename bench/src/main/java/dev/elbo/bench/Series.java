package dev.elbo.bench;

import dev.elbo.bench.peer.Lap;
import java.util.Arrays;
import java.util.List;

/** The laps of one peer at one work. */
record Series(PeerPlan plan, List<Lap> laps) {

  Series {
    laps = List.copyOf(laps);
  }

  /** Milliseconds a step. */
  double median() {
    return median(milliseconds());
  }

  double least() {
    return Arrays.stream(milliseconds()).min().orElseThrow();
  }

  double most() {
    return Arrays.stream(milliseconds()).max().orElseThrow();
  }

  /** Of the last lap. */
  double loss() {
    return laps.get(laps.size() - 1).loss();
  }

  private double[] milliseconds() {
    return laps.stream().mapToDouble(Lap::millisecondsPerStep).toArray();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
