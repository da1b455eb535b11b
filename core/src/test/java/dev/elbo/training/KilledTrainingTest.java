package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.tensor.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a process that trains, at moments that nobody chose, then resuming. */
@Tag("slow")
class KilledTrainingTest {
  /** More than fit between the kills on a fast disk. */
  private static final int EPOCHS = 120;

  private static final int KILLS = 6;
  private static final String READY = "ready";

  @TempDir static Path shared;
  private static RunFolder uninterrupted;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() {
    uninterrupted = Runs.whole(shared.resolve("whole"), Runs.config(EPOCHS, 0.003));
  }

  /** Begins a run, or goes on with it; waits so many milliseconds before each step. */
  static final class Trainee {
    private Trainee() {}

    public static void main(String[] arguments) {
      RunFolder folder = new RunFolder(Path.of(arguments[0]));
      long pause = Long.parseLong(arguments[1]);
      boolean[] isReady = {false};
      BooleanSupplier stop =
          () -> {
            if (!isReady[0]) {
              isReady[0] = true;
              System.out.println(READY);
            }
            pause(pause);
            return false;
          };
      if (folder.holdsRun()) {
        Runs.resume(folder, 1, stop);
      } else {
        Runs.start(folder, Runs.config(EPOCHS, 0.003), 1, stop);
      }
    }
  }

  @Test
  void killsAtRandomMomentsOfTrainingAndWritingChangeNoByte() throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      try (ChildJvm child = trainee(run, 0)) {
        child.await(READY);
        // Epochs of this size take some milliseconds, most of them in writing files.
        pause(Noise.of(91).below(60, i));
        if (child.isAlive()) {
          child.kill();
          killed++;
        }
      }
    }
    assertThat(killed).isEqualTo(KILLS);
    List<String> notices = new ArrayList<>();
    assertThat(Runs.resume(run, 2, () -> false, notices)).isTrue();
    assertThat(notices).isEmpty();
    Runs.assertSame(run, uninterrupted);
    assertNoLeftovers(run);
  }

  @Test
  void aKillInTheFirstEpochLeavesTheBeginningToGoOnFrom() throws Exception {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (ChildJvm child = trainee(run, 300)) {
      child.await(READY);
      pause(500);
      assertThatThrownBy(() -> Resumption.open(run, notice -> {}))
          .isInstanceOf(InputException.class)
          .hasMessage(run.path() + ": in use by another process; wait for it or stop it");
      assertThat(child.isAlive()).isTrue();
      child.kill();
    }
    assertThat(Runs.checkpoints(run)).hasSize(1);
    assertThat(Files.readAllLines(run.metrics())).hasSize(1);
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  private static void assertNoLeftovers(RunFolder run) throws IOException {
    try (var files = Files.walk(run.path())) {
      assertThat(files.filter(file -> file.toString().contains(".tmp-"))).isEmpty();
    }
  }

  private static ChildJvm trainee(RunFolder run, long pause) throws IOException {
    return ChildJvm.start(ChildJvm.VECTOR_MODULE, Map.of(), Trainee.class, run.path(), pause);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
