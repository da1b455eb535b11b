package dev.elbo.bench.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that each send their next request when the last one is answered.
 *
 * @param milliseconds of every request, ascending
 * @param seconds in all
 */
public record Load(double[] milliseconds, double seconds) {

  /** Requests from many at once for a while. */
  public static Load of(int port, int clients, double forSeconds, String path, byte[] body) {
    List<double[]> times = new ArrayList<>();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    long begun = System.nanoTime();
    long end = begun + (long) (forSeconds * 1e9);
    for (int i = 0; i < clients; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  double[] own = client(port, end, path, body);
                  synchronized (times) {
                    times.add(own);
                  }
                } catch (RuntimeException e) {
                  failure.compareAndSet(null, e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while clients ran", e);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (failure.get() != null) {
      throw failure.get();
    }
    double[] all = times.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    return new Load(all, seconds);
  }

  private static double[] client(int port, long end, String path, byte[] body) {
    double[] times = new double[1024];
    int count = 0;
    try (Connection connection = new Connection(port)) {
      byte[] request = connection.request(path, body);
      for (long before = System.nanoTime(); before < end; ) {
        connection.send(request);
        long after = System.nanoTime();
        times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
        times[count++] = (after - before) / 1e6;
        before = after;
      }
    }
    return Arrays.copyOf(times, count);
  }

  public double requestsPerSecond() {
    return milliseconds.length / seconds;
  }

  /** The time that a share of the requests did not exceed. */
  public double quantile(double share) {
    int index = (int) Math.ceil(share * milliseconds.length) - 1;
    return milliseconds[Math.max(0, Math.min(milliseconds.length - 1, index))];
  }
}
