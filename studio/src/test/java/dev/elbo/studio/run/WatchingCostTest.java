package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.DataSet;
import dev.elbo.data.PenDigits;
import dev.elbo.model.Config;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client that reads the events costs a training of the default model. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WatchingCostTest {
  private static final int PAIRS = 5;
  private static final int EPOCHS = 3;

  /** The aim is 0.97; the rest is room for a machine that does something else meanwhile. */
  private static final double LEAST = 0.90;

  /** Processor time of server and client, by that of the training on the clock. */
  private static final double MOST_SHARE = 0.03;

  private static final DataSet DATA = PenDigits.dataSet(0);

  @TempDir Path runs;
  private int number;
  private double processorSeconds;

  @Test
  void aClientThatReadsTheEventsCostsATrainingLittle() {
    try (RunServer server = new RunServer(runs, Trainings.usualThreads())) {
      seconds(server, false);
      List<Double> shares = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        // Which of the two comes first changes, so that neither has the warmer machine.
        double first = seconds(server, i % 2 == 0);
        double second = seconds(server, i % 2 != 0);
        ratios.add(i % 2 == 0 ? second / first : first / second);
        shares.add(processorSeconds / (i % 2 == 0 ? first : second));
      }
      List<Double> sorted = ratios.stream().sorted().toList();
      double median = sorted.get(PAIRS / 2);
      System.out.printf(
          "throughput watched / unwatched: median %.3f of %s; processor time of both ends %s%n",
          median, sorted, shares);
      assertThat(median).isGreaterThan(LEAST);
      // The first of them loads the classes of both ends; the middle one is what lasts.
      assertThat(shares.stream().sorted().toList().get(PAIRS / 2)).isLessThan(MOST_SHARE);
    }
  }

  /** Of a whole training with all that it writes. */
  private double seconds(RunServer server, boolean isWatched) {
    String name = "run-" + number++;
    Config config = Config.DEFAULT.withEpochs(EPOCHS).withDataset("pen");
    RunFolder folder = new RunFolder(runs.resolve(name));
    Session session =
        server.trainings.begin(
            folder, () -> TrainingRun.start(folder, config, DATA, Trainings.usualThreads()));
    long began = System.nanoTime();
    if (!isWatched) {
      assertThat(session.await(300_000)).isTrue();
      return (System.nanoTime() - began) / 1e9;
    }
    double before = processorSeconds();
    try (EventClient client = server.events(name, 0)) {
      assertThat(session.await(300_000)).isTrue();
      double seconds = (System.nanoTime() - began) / 1e9;
      client.await(event -> event.isState("finished"));
      processorSeconds = processorSeconds() - before;
      assertThat(client.kept()).hasSizeGreaterThanOrEqualTo(EPOCHS * 3);
      assertThat(client.all()).anyMatch(event -> event.name().equals("progress"));
      return seconds;
    }
  }

  /** Of the threads that serve and those that read. */
  private static double processorSeconds() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double nanos = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null
          && thread.getThreadName().matches("elbo-http.*|event-client|HttpClient.*")) {
        nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos / 1e9;
  }
}
