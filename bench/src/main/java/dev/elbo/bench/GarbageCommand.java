package dev.elbo.bench;

import com.sun.management.ThreadMXBean;
import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.ElboStep;
import dev.elbo.bench.peer.Work;
import dev.elbo.data.Images;
import dev.elbo.data.Role;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code elbo-bench garbage}. */
@Command(
    name = "garbage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Bytes that a training step allocates, in all threads.")
final class GarbageCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "of a window (1000)")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5000",
      description = "steps before (5000)")
  private int warmUp;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Override
  public Integer call() {
    Images images = Digits.load(options.data(), Role.TRAIN_IMAGES);
    Table table =
        new Table(
            new Table.Column("threads", "threads", 0),
            new Table.Column("bytes in " + steps + " steps", "bytes", 0),
            new Table.Column("in 1 step", "bytes_of_one", 0),
            new Table.Column("bytes a step", "bytes_per_step", 2));
    for (int count : options.oneAndAll()) {
      try (ElboStep task = new ElboStep(Work.Step.DEFAULT, images, count)) {
        task.run(warmUp, Long.MAX_VALUE);
        long one = allocated(task, 1);
        long many = allocated(task, steps + 1);
        table.add(count, many, one, (double) (many - one) / steps);
      }
    }
    Report report = new Report("Allocation of training, default configuration", table);
    report.remark(
        "Bytes a step: a window of %d steps less a window of one, which halting and asking cost, by %d. Told progress (ten times a second) and ends of epochs are in it."
            .formatted(steps + 1, steps));
    options.print(report);
    return 0;
  }

  private long allocated(ElboStep task, int count) {
    long before = total();
    task.run(count, Long.MAX_VALUE);
    return total() - before;
  }

  private long total() {
    long[] ids = threads.getAllThreadIds();
    return Arrays.stream(threads.getThreadAllocatedBytes(ids)).filter(bytes -> bytes > 0).sum();
  }
}
