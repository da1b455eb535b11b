package dev.elbo.bench;

import java.util.Arrays;

/** An array written and read by one thread, or by two in turn. */
final class ArrayHandover {
  /** Floats of a cache line: one of each is read. */
  private static final int LINE = 16;

  /**
   * Means over rounds.
   *
   * @param round from one write to the next, waiting included
   */
  record Seconds(double write, double read, double round) {}

  private final float[] array;
  private final int rounds;
  private volatile int turn;
  private volatile float sum;
  private long writing;
  private long reading;

  private ArrayHandover(float[] array, int rounds) {
    this.array = array;
    this.rounds = rounds;
  }

  static Seconds alone(float[] array, int rounds) {
    return warm(
        array,
        rounds,
        handover -> {
          for (int i = 0; i < rounds; i++) {
            handover.write(i);
            handover.read();
          }
        });
  }

  static Seconds inTurn(float[] array, int rounds) {
    return warm(array, rounds, ArrayHandover::passToAndFro);
  }

  private interface Way {
    void go(ArrayHandover handover);
  }

  /** The second of two goes, so that the first has compiled the code. */
  private static Seconds warm(float[] array, int rounds, Way way) {
    way.go(new ArrayHandover(array, rounds));
    ArrayHandover measured = new ArrayHandover(array, rounds);
    long began = System.nanoTime();
    way.go(measured);
    double all = System.nanoTime() - began;
    return new Seconds(
        measured.writing / 1e9 / rounds, measured.reading / 1e9 / rounds, all / 1e9 / rounds);
  }

  private void passToAndFro() {
    Thread reader = new Thread(this::answer, "elbo-bench-reader");
    reader.setDaemon(true);
    reader.start();
    for (int i = 0; i < rounds; i++) {
      write(i);
      turn = 2 * i + 1;
      await(2 * i + 2);
    }
    try {
      reader.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private void answer() {
    for (int i = 0; i < rounds; i++) {
      await(2 * i + 1);
      read();
      turn = 2 * i + 2;
    }
  }

  private void await(int whose) {
    while (turn != whose) {
      Thread.onSpinWait();
    }
  }

  private void write(int value) {
    long began = System.nanoTime();
    Arrays.fill(array, value);
    writing += System.nanoTime() - began;
  }

  private void read() {
    long began = System.nanoTime();
    // Four sums, so that the reading does not wait for the adding.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i + 3 * LINE < array.length; i += 4 * LINE) {
      a += array[i];
      b += array[i + LINE];
      c += array[i + 2 * LINE];
      d += array[i + 3 * LINE];
    }
    sum = a + b + c + d;
    reading += System.nanoTime() - began;
  }
}
