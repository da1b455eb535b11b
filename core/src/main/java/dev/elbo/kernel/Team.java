package dev.elbo.kernel;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A team of threads that run the same job in step: the caller is worker 0, the others wait between
 * jobs. Who waits spins briefly, since the next phase is mostly microseconds away, then parks. One
 * job at a time; what a job computes must not depend on who does which part of it.
 */
public final class Team implements AutoCloseable {
  /** The work of one worker; {@link #barrier} may be called inside, by every worker alike. */
  @FunctionalInterface
  public interface Job {
    void run(int worker);
  }

  /** Some tens of microseconds: longer than a phase's imbalance, too short to harm a neighbour. */
  private static final int SPINS = 1000;

  /** What the calling thread gets wrong, if anything. */
  private final Supplier<Optional<String>> canary;

  private final Thread[] threads;
  private final Gate start;
  private final Gate phase;
  private final Gate end;
  private volatile Job job;
  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * @throws IllegalStateException where the arithmetic of the calling thread is not IEEE 754's
   */
  public Team(int size) {
    this(size, Canary::arithmeticFailure);
  }

  Team(int size, Supplier<Optional<String>> canary) {
    if (size < 1) {
      throw new IllegalArgumentException("size (=" + size + ") must be at least 1");
    }
    Optional<String> broken = canary.get();
    if (broken.isPresent()) {
      throw new IllegalStateException("the calling thread gets wrong: " + broken.get());
    }
    this.canary = canary;
    threads = new Thread[size];
    start = new Gate(size);
    phase = new Gate(size);
    end = new Gate(size);
    for (int worker = 1; worker < size; worker++) {
      int number = worker;
      threads[worker] = new Thread(() -> serve(number), "elbo-worker-" + worker);
      threads[worker].setDaemon(true);
      threads[worker].start();
    }
  }

  public int size() {
    return threads.length;
  }

  /** Runs the job on every worker and returns when all have ended. */
  public void run(Job next) {
    if (closed) {
      throw new IllegalStateException("this team is closed");
    }
    if (size() == 1) {
      next.run(0);
      return;
    }
    threads[0] = Thread.currentThread();
    job = next;
    start.pass();
    work(0);
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      phase.reset();
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a worker failed", thrown);
    }
  }

  /** Waits until every worker has come here. */
  public void barrier() {
    if (size() > 1) {
      phase.pass();
    }
  }

  private void serve(int worker) {
    Optional<String> broken = canary.get();
    while (true) {
      start.pass();
      if (closed) {
        return;
      }
      if (broken.isPresent()) {
        fail(new IllegalStateException("worker " + worker + " gets wrong: " + broken.get()));
      }
      work(worker);
    }
  }

  private void work(int worker) {
    try {
      job.run(worker);
    } catch (Abandoned abandoned) {
      // Another worker failed, and its exception is the one to report.
    } catch (Throwable thrown) {
      fail(thrown);
    }
    end.pass();
  }

  private void fail(Throwable thrown) {
    failure = thrown;
    phase.wake();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (size() > 1) {
      threads[0] = Thread.currentThread();
      start.pass();
    }
  }

  /** Thrown at a barrier that one worker will never reach. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("another worker failed", null, false, false);
    }
  }

  /** A barrier: the last to arrive opens it for all, and starts the next round. */
  private final class Gate {
    private final int size;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger asleep = new AtomicInteger();
    private volatile int round;

    Gate(int size) {
      this.size = size;
    }

    void pass() {
      int current = round;
      if (arrived.incrementAndGet() == size) {
        arrived.set(0);
        round = current + 1;
        if (asleep.get() > 0) {
          wake();
        }
        return;
      }
      for (int spin = 0; round == current; spin++) {
        if (this == phase && failure != null) {
          throw new Abandoned();
        }
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          sleep(current);
        }
      }
    }

    private void sleep(int current) {
      asleep.incrementAndGet();
      if (round == current && !(this == phase && failure != null)) {
        LockSupport.park(Team.this);
      }
      asleep.decrementAndGet();
    }

    void wake() {
      for (Thread thread : threads) {
        LockSupport.unpark(thread);
      }
    }

    void reset() {
      arrived.set(0);
    }
  }
}
