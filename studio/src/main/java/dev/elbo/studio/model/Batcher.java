package dev.elbo.studio.model;

import dev.elbo.latent.Codes;
import dev.elbo.studio.http.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that computes for all requests of a model. What waits when it becomes free is run as
 * one batch; while further requests are being read it waits for them, at most {@link #DELAY_NANOS}.
 * A row's bits are the same in any batch.
 */
final class Batcher implements AutoCloseable {
  /** How much later an answer may come for the sake of a larger batch: a millisecond. */
  static final long DELAY_NANOS = 1_000_000;

  /** Rows in a batch of several requests; more would make the first wait for the last. */
  private static final int FULL = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Lane<Codes> encode = new Lane<>(Task.encode());
  private final Lane<float[]> decode = new Lane<>(Task.decode());
  private final Lane<float[]> reconstruct = new Lane<>(Task.reconstruct());
  private final Lane<Scores> score = new Lane<>(Task.score());
  private final List<Lane<?>> lanes = List.of(encode, decode, reconstruct, score);
  private final int mostJobs;
  private final ModelMetrics metrics;
  private final Thread thread;
  private Plans plans;
  private long arrived;
  private int waiting;
  private int arriving;
  private boolean closed;

  /**
   * @param mostJobs that wait; further ones are refused
   */
  Batcher(String name, Plans plans, int mostJobs, ModelMetrics metrics) {
    this.plans = plans;
    this.mostJobs = mostJobs;
    this.metrics = metrics;
    thread = new Thread(this::work, "elbo-model-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A request that is being read and will soon be added. */
  final class Arrival implements AutoCloseable {
    private boolean counted = true;

    private Arrival() {
      arriving++;
    }

    CompletableFuture<Codes> encode(Rows images) {
      return add(encode, images);
    }

    CompletableFuture<float[]> decode(Rows codes) {
      return add(decode, codes);
    }

    CompletableFuture<float[]> reconstruct(Rows images) {
      return add(reconstruct, images);
    }

    CompletableFuture<Scores> score(Rows images) {
      return add(score, images);
    }

    private <R> CompletableFuture<R> add(Lane<R> lane, Rows rows) {
      lock.lock();
      try {
        leave();
        if (closed || waiting >= mostJobs) {
          metrics.refused();
          throw Problem.busy(
              "server: expected at most %d requests waiting, found as many; try again in a second"
                  .formatted(mostJobs));
        }
        waiting++;
        metrics.waiting(waiting);
        return lane.add(arrived++, rows);
      } finally {
        lock.unlock();
      }
    }

    private void leave() {
      if (counted) {
        counted = false;
        arriving--;
      }
      changed.signal();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        leave();
      } finally {
        lock.unlock();
      }
    }
  }

  Arrival arrive() {
    lock.lock();
    try {
      return new Arrival();
    } finally {
      lock.unlock();
    }
  }

  /** Computes with other kernels from the next batch on; the bits are the same. */
  void use(Plans other) {
    lock.lock();
    try {
      plans = other;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    while (true) {
      Lane<?>.Batch batch;
      Inference with;
      lock.lock();
      try {
        while (waiting == 0 && !closed) {
          changed.awaitUninterruptibly();
        }
        if (waiting == 0) {
          return;
        }
        Lane<?> lane = next();
        gather(lane);
        batch = lane.take(FULL);
        waiting -= batch.jobs();
        metrics.batch(batch.rows(), waiting);
        with = plans.of(batch.rows());
      } finally {
        lock.unlock();
      }
      long begun = System.nanoTime();
      batch.run(with);
      metrics.computed(System.nanoTime() - begun);
    }
  }

  /** The lane of the job that has waited longest. */
  private Lane<?> next() {
    Lane<?> oldest = lanes.get(0);
    for (Lane<?> lane : lanes) {
      oldest = lane.oldest() < oldest.oldest() ? lane : oldest;
    }
    return oldest;
  }

  private void gather(Lane<?> lane) {
    long left = DELAY_NANOS;
    try {
      while (left > 0 && arriving > 0 && !closed && lane.waitingRows() < FULL) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; and if so, the batch is as large as it is.
      Thread.currentThread().interrupt();
    }
  }

  /** Ends when all that waits is done. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
