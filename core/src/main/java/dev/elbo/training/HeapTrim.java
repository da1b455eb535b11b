package dev.elbo.training;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks for a collection where an epoch ends with much more memory in use than there was. Each epoch
 * leaves some megabytes of a checkpoint behind, and the serial collector would let them grow to all
 * that the JVM may take, gigabytes, before it looked at the old generation. For programs that
 * train; a library leaves the collector to its user.
 */
public final class HeapTrim implements Consumer<TrainingEvent> {
  /** So seldom that a collection, a tenth of a second, is no cost. */
  private static final long SPARE = 256L << 20;

  private final LongSupplier used;
  private final Runnable collect;
  private long least = Long.MAX_VALUE;

  public HeapTrim() {
    this(() -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(), System::gc);
  }

  HeapTrim(LongSupplier used, Runnable collect) {
    this.used = used;
    this.collect = collect;
  }

  @Override
  public void accept(TrainingEvent event) {
    if (!(event instanceof TrainingEvent.EpochDone)) {
      return;
    }
    long now = used.getAsLong();
    least = Math.min(least, now);
    if (now > least + SPARE) {
      collect.run();
      least = used.getAsLong();
    }
  }
}
