package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path run;

  /** The other process: locks the folder, says so, and waits for its input to end. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (RunLock lock = RunLock.acquire(Path.of(arguments[0]))) {
        System.out.println("locked");
        System.in.read();
        assert lock != null;
      } catch (InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theSameJvmIsRefusedUntilTheLockIsClosed() throws IOException {
    Path link = Files.createSymbolicLink(run.resolve("link"), run);
    RunLock first = RunLock.acquire(run);
    assertInUse(run);
    assertInUse(link);
    first.close();
    RunLock second = RunLock.acquire(link);
    first.close();
    assertInUse(run);
    second.close();
    assertThat(run.resolve(".lock")).isEmptyFile();
  }

  @Test
  void anotherProcessIsRefusedEvenAfterASecondAttemptHere() throws Exception {
    try (RunLock held = RunLock.acquire(run)) {
      assertThat(held).isNotNull();
      assertInUse(run);
      Process other = holder();
      assertThat(line(other))
          .isEqualTo(run + ": in use by another process; wait for it or stop it");
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    Process other = holder();
    assertThat(line(other)).isEqualTo("locked");
    other.getOutputStream().close();
    assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theLockOfAnotherProcessHoldsUntilItIsKilled() throws Exception {
    Process other = holder();
    assertThat(line(other)).isEqualTo("locked");
    assertInUse(run);
    other.destroyForcibly();
    assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    RunLock.acquire(run).close();
  }

  @Test
  void askingWhoWorksThereTakesNothingFromAnybody() throws Exception {
    assertThat(RunLock.isHeld(run)).isFalse();
    assertThat(run).isEmptyDirectory();
    try (RunLock held = RunLock.acquire(run)) {
      assertThat(held).isNotNull();
      assertThat(RunLock.isHeld(run)).isTrue();
      Process other = holder();
      assertThat(line(other)).contains("in use");
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(RunLock.isHeld(run)).isFalse();
    Process other = holder();
    assertThat(line(other)).isEqualTo("locked");
    assertThat(RunLock.isHeld(run)).isTrue();
    other.destroyForcibly();
    assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(RunLock.isHeld(run)).isFalse();
    assertThat(RunLock.isHeld(run.resolve("none"))).isFalse();
  }

  /** Asking holds the lock for a moment; who wants to work must not be refused for that. */
  @Test
  void aLockIsHadWhileAnotherThreadAsksAllTheTime() throws Exception {
    RunLock.acquire(run).close();
    AtomicBoolean over = new AtomicBoolean();
    Thread asking =
        new Thread(
            () -> {
              while (!over.get()) {
                RunLock.isHeld(run);
                LockSupport.parkNanos(1_000_000);
              }
            });
    asking.start();
    try {
      for (int i = 0; i < 300; i++) {
        RunLock.acquire(run).close();
      }
    } finally {
      over.set(true);
      asking.join();
    }
  }

  @Test
  void aFolderThatIsNotThereCannotBeLocked() {
    Path none = run.resolve("none");
    assertThatThrownBy(() -> RunLock.acquire(none))
        .isInstanceOf(InputException.class)
        .hasMessage(none + ": could not be locked: no such file or folder; check the path");
  }

  private static void assertInUse(Path run) {
    assertThatThrownBy(() -> RunLock.acquire(run))
        .isInstanceOf(InputException.class)
        .hasMessage(run + ": in use by another process; wait for it or stop it");
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            run.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String line(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }
}
