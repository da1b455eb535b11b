package dev.elbo.bench;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.DoubleAdder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The machine's peak of fused multiply-adds on floats: a kernel that never leaves the registers, on
 * 1 thread and on others. The best window counts, since everything else is a neighbour's doing.
 */
final class FmaPeak {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Enough to hide a latency of 5 cycles on 2 ports, and few enough for 16 registers. */
  private static final int CHAINS = 12;

  private static final int BURST = 2_000;
  private static final long WINDOW_NANOS = 20_000_000;

  /** Until the compiler is done: it is when so many windows in a row are no faster. */
  private static final int CALM = 10;

  private static final int MOST_WARM_UP = 100;

  /** Towards a fixed point of 1: never denormal, never infinite. */
  private static final float FACTOR = 0.5f;

  private final SortedMap<Integer, Double> best = new TreeMap<>();
  private volatile float sink;

  /** Measures once more with so many threads, and keeps the best. */
  void measure(int threads) {
    if (best.isEmpty()) {
      warmUp();
    }
    best.merge(threads, window(threads), Math::max);
  }

  /** GFLOP/s; measured before with so many threads. */
  double gigaflops(int threads) {
    return best.get(threads);
  }

  private void warmUp() {
    double fastest = 0;
    int calm = 0;
    for (int i = 0; i < MOST_WARM_UP && calm < CALM; i++) {
      double rate = window(1);
      calm = rate > 1.05 * fastest ? 0 : calm + 1;
      fastest = Math.max(fastest, rate);
    }
  }

  private double window(int threads) {
    CountDownLatch ready = new CountDownLatch(threads);
    DoubleAdder rate = new DoubleAdder();
    Runnable job =
        () -> {
          ready.countDown();
          try {
            ready.await();
          } catch (InterruptedException e) {
            return;
          }
          long began = System.nanoTime();
          long bursts = 0;
          float last = 0;
          long elapsed = 0;
          while (elapsed < WINDOW_NANOS) {
            last += burst();
            bursts++;
            elapsed = System.nanoTime() - began;
          }
          sink = last;
          rate.add(2.0 * bursts * BURST * CHAINS * FLOATS.length() / elapsed);
        };
    Thread[] others = new Thread[threads - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Thread(job, "elbo-bench-peak");
      others[i].start();
    }
    job.run();
    for (Thread other : others) {
      try {
        other.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return rate.sum();
  }

  private static float burst() {
    FloatVector x = FloatVector.broadcast(FLOATS, FACTOR);
    FloatVector a = x;
    FloatVector b = x.add(1);
    FloatVector c = x.add(2);
    FloatVector d = x.add(3);
    FloatVector e = x.add(4);
    FloatVector f = x.add(5);
    FloatVector g = x.add(6);
    FloatVector h = x.add(7);
    FloatVector i = x.add(8);
    FloatVector j = x.add(9);
    FloatVector k = x.add(10);
    FloatVector l = x.add(11);
    for (int n = 0; n < BURST; n++) {
      a = a.fma(x, x);
      b = b.fma(x, x);
      c = c.fma(x, x);
      d = d.fma(x, x);
      e = e.fma(x, x);
      f = f.fma(x, x);
      g = g.fma(x, x);
      h = h.fma(x, x);
      i = i.fma(x, x);
      j = j.fma(x, x);
      k = k.fma(x, x);
      l = l.fma(x, x);
    }
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    return sum.lane(0);
  }
}
