package dev.elbo.bench.peer;

import java.util.function.DoubleSupplier;

/**
 * What a run on the clock came to.
 *
 * @param steps fewer than asked for where the time limit struck
 * @param loss mean over the lap, nats per image; 0 where there is none
 */
public record Lap(int steps, long nanos, double loss) {

  public double millisecondsPerStep() {
    return nanos / 1e6 / steps;
  }

  /** At least one step, then more until there are enough or the time is over. */
  public static Lap of(int steps, long limitNanos, DoubleSupplier step) {
    long began = System.nanoTime();
    double sum = 0;
    int done = 0;
    long elapsed = 0;
    while (done == 0 || done < steps && elapsed < limitNanos) {
      sum += step.getAsDouble();
      done++;
      elapsed = System.nanoTime() - began;
    }
    return new Lap(done, elapsed, sum / done);
  }

  String line() {
    return "ran " + steps + " " + nanos + " " + loss;
  }

  public static Lap parse(String line) {
    String[] word = line.split(" ");
    return new Lap(Integer.parseInt(word[1]), Long.parseLong(word[2]), Double.parseDouble(word[3]));
  }
}
