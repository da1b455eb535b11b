package dev.elbo.map;

import dev.elbo.kernel.Team;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows that know nothing of each other, shared out among a team as it comes. */
final class RowChunks {
  private static final int ROWS = 32;

  private RowChunks() {}

  interface Work {
    /** Takes one row and leaves the result at its place. */
    void take(int row);
  }

  /** Makes the work of one worker, with the buffers that it needs. */
  interface Worker {
    Work start();
  }

  static void run(Team team, int rows, Worker worker) {
    AtomicInteger next = new AtomicInteger();
    team.run(
        number -> {
          Work work = worker.start();
          for (int from = next.getAndAdd(ROWS); from < rows; from = next.getAndAdd(ROWS)) {
            for (int row = from; row < Math.min(rows, from + ROWS); row++) {
              work.take(row);
            }
          }
        });
  }
}
