package dev.elbo.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, or a polite kill: the JVM begins to shut down, and this hook holds it until the training
 * has ended its step and saved. The exit code stays the signal's (130 for Ctrl-C).
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);

  Interruption() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "elbo-interruption"));
    } catch (IllegalStateException shuttingDown) {
      asked.set(true);
    }
  }

  private void hold() {
    asked.set(true);
    boolean waiting = true;
    while (waiting) {
      try {
        done.await();
        waiting = false;
      } catch (InterruptedException e) {
        // Nobody interrupts a shutdown hook; and if so, saving still comes first.
      }
    }
  }

  /** Whether a stop was asked for. */
  @Override
  public boolean getAsBoolean() {
    return asked.get();
  }

  /** All is saved and said; the JVM may go. */
  @Override
  public void close() {
    done.countDown();
  }
}
