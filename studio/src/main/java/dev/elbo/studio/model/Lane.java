package dev.elbo.studio.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The waiting jobs of one task; guarded by the lock of its {@link Batcher}. */
final class Lane<R> {
  private final Task<R> task;
  private final Deque<Job<R>> waiting = new ArrayDeque<>();

  Lane(Task<R> task) {
    this.task = task;
  }

  /**
   * @param number in the order of arrival, over all lanes
   */
  private record Job<R>(long number, Rows rows, CompletableFuture<R> result) {}

  CompletableFuture<R> add(long number, Rows rows) {
    CompletableFuture<R> result = new CompletableFuture<>();
    waiting.add(new Job<>(number, rows, result));
    return result;
  }

  /** The number of the job that has waited longest; a number above all where there is none. */
  long oldest() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().number;
  }

  int waitingRows() {
    return waiting.stream().mapToInt(job -> job.rows.count()).sum();
  }

  /**
   * Jobs taken together, to be run without the lock.
   *
   * @param rows in all
   */
  final class Batch {
    private final List<Job<R>> jobs;
    private final int rows;

    private Batch(List<Job<R>> jobs) {
      this.jobs = jobs;
      this.rows = jobs.stream().mapToInt(job -> job.rows.count()).sum();
    }

    int rows() {
      return rows;
    }

    int jobs() {
      return jobs.size();
    }

    /** Runs them as one and gives each its share. */
    void run(Inference inference) {
      try {
        if (jobs.size() == 1) {
          Job<R> job = jobs.get(0);
          job.result.complete(task.run().apply(inference, job.rows));
          return;
        }
        R all = task.run().apply(inference, together());
        int from = 0;
        for (Job<R> job : jobs) {
          int count = job.rows.count();
          job.result.complete(task.part().of(all, rows, from, count));
          from += count;
        }
      } catch (RuntimeException | Error e) {
        jobs.forEach(job -> job.result.completeExceptionally(e));
      }
    }

    private Rows together() {
      boolean labelled = jobs.get(0).rows.labels().length > 0;
      float[] values = new float[rows * jobs.get(0).rows.columns()];
      int[] labels = labelled ? new int[rows] : Rows.NO_LABELS;
      int at = 0;
      int from = 0;
      for (Job<R> job : jobs) {
        System.arraycopy(job.rows.values(), 0, values, at, job.rows.values().length);
        at += job.rows.values().length;
        if (labelled) {
          System.arraycopy(job.rows.labels(), 0, labels, from, job.rows.count());
        }
        from += job.rows.count();
      }
      return new Rows(rows, values, labels);
    }
  }

  /** The jobs that have waited longest, at most so many rows unless the first alone has more. */
  Batch take(int mostRows) {
    List<Job<R>> jobs = new ArrayList<>();
    int rows = 0;
    while (!waiting.isEmpty()
        && (jobs.isEmpty() || rows + waiting.peek().rows.count() <= mostRows)) {
      rows += waiting.peek().rows.count();
      jobs.add(waiting.poll());
    }
    return new Batch(jobs);
  }
}
