package dev.elbo.latent;

import dev.elbo.kernel.Team;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Tasks that know nothing of each other, each done by one worker of a team. */
final class TaskQueue {
  private TaskQueue() {}

  interface Work<T> {
    /** Leaves the result at the place of the task's number, whoever does it and whenever. */
    void run(int number, T task);
  }

  /** The largest first, so that no worker begins a long one when the others have ended. */
  static <T> void run(Team team, List<T> tasks, ToLongFunction<T> size, Work<T> work) {
    List<Integer> order =
        IntStream.range(0, tasks.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -size.applyAsLong(tasks.get(i))))
            .toList();
    AtomicInteger next = new AtomicInteger();
    team.run(
        worker -> {
          for (int i = next.getAndIncrement(); i < order.size(); i = next.getAndIncrement()) {
            int number = order.get(i);
            work.run(number, tasks.get(number));
          }
        });
  }
}
