package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hang is a failure, hence the time-out; a minute is far above what a busy machine needs. */
@Timeout(60)
class TeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyWorkerRunsEveryJobOnce(int size) {
    int jobs = 2000;
    AtomicIntegerArray runs = new AtomicIntegerArray(size);
    try (Team team = new Team(size)) {
      assertThat(team.size()).isEqualTo(size);
      for (int job = 1; job <= jobs; job++) {
        team.run(runs::incrementAndGet);
        for (int worker = 0; worker < size; worker++) {
          assertThat(runs.get(worker)).isEqualTo(job);
        }
      }
    }
  }

  /** Plain arrays: the barrier must also make what was written before it visible after it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void nobodyPassesABarrierBeforeAllHaveCome(int size) {
    int rounds = 300;
    int[] written = new int[size];
    int[] errors = new int[size];
    try (Team team = new Team(size)) {
      for (int job = 0; job < 10; job++) {
        Arrays.fill(written, 0);
        team.run(
            worker -> {
              for (int round = 1; round <= rounds; round++) {
                written[worker] = round;
                team.barrier();
                for (int other : written) {
                  errors[worker] += other == round ? 0 : 1;
                }
                team.barrier();
              }
            });
      }
    }
    assertThat(errors).containsOnly(0);
  }

  @Test
  void theCallerIsWorkerZero() {
    Thread[] seen = new Thread[3];
    try (Team team = new Team(3)) {
      team.run(worker -> seen[worker] = Thread.currentThread());
    }
    assertThat(seen[0]).isSameAs(Thread.currentThread());
    assertThat(seen[1].getName()).isEqualTo("elbo-worker-1");
    assertThat(seen[2].isDaemon()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void anExceptionOfAnyWorkerReachesTheCallerAndTheTeamWorksOn(int size) {
    AtomicInteger sum = new AtomicInteger();
    try (Team team = new Team(size)) {
      for (int broken = 0; broken < size; broken++) {
        int failing = broken;
        for (boolean before : new boolean[] {true, false}) {
          assertThatThrownBy(
                  () ->
                      team.run(
                          worker -> {
                            fail(before && worker == failing);
                            team.barrier();
                            fail(!before && worker == failing);
                            team.barrier();
                          }))
              .isInstanceOf(UnsupportedOperationException.class)
              .hasMessage("no luck");
          sum.set(0);
          team.run(
              worker -> {
                team.barrier();
                sum.addAndGet(worker + 1);
                team.barrier();
              });
          assertThat(sum.get()).isEqualTo(size * (size + 1) / 2);
        }
      }
    }
  }

  private static void fail(boolean now) {
    if (now) {
      throw new UnsupportedOperationException("no luck");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anErrorOfAnyWorkerReachesTheCallerAsItself(int failing) {
    OutOfMemoryError full = new OutOfMemoryError("full");
    try (Team team = new Team(3)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      worker -> {
                        if (worker == failing) {
                          throw full;
                        }
                        team.barrier();
                      }))
          .isSameAs(full);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aThreadThatFlushesToZeroGetsNoTeam(int size) {
    assertThatThrownBy(() -> new Team(size, () -> Optional.of("denormals")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the calling thread gets wrong: denormals");
  }

  @Test
  void aWorkerThatFlushesToZeroFailsTheJob() {
    Thread caller = Thread.currentThread();
    Supplier<Optional<String>> canary =
        () -> Thread.currentThread() == caller ? Optional.empty() : Optional.of("denormals");
    try (Team team = new Team(2, canary)) {
      assertThatThrownBy(() -> team.run(worker -> team.barrier()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("worker 1 gets wrong: denormals");
    }
  }

  @Test
  void closingEndsTheThreadsEvenWhenTheyHaveParked() throws InterruptedException {
    Thread[] workers = new Thread[3];
    Team team = new Team(3);
    team.run(worker -> workers[worker] = Thread.currentThread());
    awaitParked(workers[1]);
    awaitParked(workers[2]);
    team.close();
    workers[1].join();
    workers[2].join();
    team.close();
  }

  @Test
  void aClosedTeamRefusesWork() {
    Team team = new Team(2);
    team.close();
    assertThatThrownBy(() -> team.run(worker -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this team is closed");
  }

  @Test
  void parkedWorkersWakeForTheNextJob() throws InterruptedException {
    Thread[] workers = new Thread[2];
    try (Team team = new Team(2)) {
      for (int i = 0; i < 20; i++) {
        workers[1] = null;
        team.run(worker -> workers[worker] = Thread.currentThread());
        assertThat(workers[1]).isNotNull();
        awaitParked(workers[1]);
      }
    }
  }

  /** Half a second of idling must cost a worker under a hundredth of it. */
  @Test
  void anIdleTeamUsesNoProcessorTime() throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Thread[] workers = new Thread[3];
    try (Team team = new Team(3)) {
      team.run(worker -> workers[worker] = Thread.currentThread());
      List<Thread> idle = List.of(workers[1], workers[2]);
      for (Thread worker : idle) {
        awaitParked(worker);
      }
      long before = 0;
      long after = 0;
      for (Thread worker : idle) {
        before += threads.getThreadCpuTime(worker.getId());
      }
      Thread.sleep(500);
      for (Thread worker : idle) {
        after += threads.getThreadCpuTime(worker.getId());
      }
      assertThat(after - before).isLessThan(5_000_000L);
    }
  }

  private static void awaitParked(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  @Test
  void aTeamHasAtLeastOneWorker() {
    assertThatThrownBy(() -> new Team(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size (=0) must be at least 1");
  }
}
