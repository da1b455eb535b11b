package dev.elbo.bench;

import java.util.ArrayList;
import java.util.List;

/** Times something in this process: warmed up for a while, then so many times. */
final class Stopwatch {
  private final double[] milliseconds;

  private Stopwatch(double[] milliseconds) {
    this.milliseconds = milliseconds;
  }

  static Stopwatch time(int times, long warmUpMillis, Runnable job) {
    long until = System.nanoTime() + 1_000_000 * warmUpMillis;
    do {
      job.run();
    } while (System.nanoTime() < until);
    List<Double> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      job.run();
      taken.add((System.nanoTime() - began) / 1e6);
    }
    return new Stopwatch(taken.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  double median() {
    return Series.median(milliseconds);
  }

  double least() {
    return milliseconds[0];
  }

  double most() {
    return milliseconds[milliseconds.length - 1];
  }
}
