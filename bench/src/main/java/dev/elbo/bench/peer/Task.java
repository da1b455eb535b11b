package dev.elbo.bench.peer;

/** A {@link Work} made ready by an engine. */
public interface Task extends AutoCloseable {
  /** Repeats the work until it was done {@code steps} times or the time is over. */
  Lap run(int steps, long limitNanos);

  @Override
  default void close() {
    // Most own nothing but memory.
  }
}
