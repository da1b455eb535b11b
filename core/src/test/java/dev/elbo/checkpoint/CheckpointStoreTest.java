package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final Disk PLAIN = new UnforcedDisk();

  @TempDir Path run;
  private Path folder;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(run.resolve("checkpoint"));
  }

  @Test
  void nothingSavedIsNothingFound() {
    assertThat(store().newest(notices::add)).isEmpty();
    assertThat(new CheckpointStore(run.resolve("none"), PLAIN).newest(notices::add)).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void theNewestTwoGenerationsStay() throws IOException {
    Path fresh = run.resolve("a/checkpoint");
    CheckpointStore store = new CheckpointStore(fresh, new LocalDisk());
    for (long step : new long[] {469, 938, 1407, 12_345_678_901L}) {
      store.save(step, state(step));
      assertThat(store.newest(notices::add)).contains(new Checkpoint(step, state(step)));
    }
    assertThat(names(fresh))
        .containsExactly("step-0000001407.safetensors", "step-12345678901.safetensors");
    assertThat(notices).isEmpty();
  }

  @Test
  void aTornNewestIsPassedOverAndSaysSo() throws IOException {
    CheckpointStore store = store();
    store.save(1, state(1));
    store.save(2, state(2));
    Path torn = folder.resolve("step-0000000002.safetensors");
    Files.write(torn, new byte[3]);

    assertThat(store().newest(notices::add)).contains(new Checkpoint(1, state(1)));
    assertThat(notices)
        .containsExactly(
            "passed over a checkpoint: "
                + torn
                + ": expected a safetensors file, found 3 bytes; give a file that Elbo wrote");
  }

  @Test
  void whereNoneIsWholeItIsAnError() throws IOException {
    store().save(1, state(1));
    store().save(2, state(2));
    for (String name : names(folder)) {
      Files.write(folder.resolve(name), new byte[0]);
    }
    assertThatThrownBy(() -> store().newest(notices::add))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder
                + ": expected a whole checkpoint, found 2, none of which can be read; put back a"
                + " copy of one or train again");
    assertThat(notices).hasSize(2);
  }

  @Test
  void aTornOneNeverCountsAsTheGenerationBefore() throws IOException {
    store().save(1, state(1));
    store().save(2, state(2));
    Files.write(folder.resolve("step-0000000002.safetensors"), new byte[3]);
    store().save(3, state(3));
    assertThat(names(folder))
        .containsExactly("step-0000000001.safetensors", "step-0000000003.safetensors");
  }

  @Test
  void aFutureThatWasGivenUpIsDeleted() throws IOException {
    store().save(10, state(10));
    store().save(20, state(20));
    store().save(15, state(15));
    assertThat(names(folder))
        .containsExactly("step-0000000010.safetensors", "step-0000000015.safetensors");
  }

  @Test
  void aWriteThatDoesNotReadBackKeepsTheOldOnes() throws IOException {
    store().save(1, state(1));
    Disk flips =
        new UnforcedDisk() {
          @Override
          public void write(Path file, byte[] bytes) throws IOException {
            byte[] flipped = bytes.clone();
            flipped[bytes.length - 1] ^= 4;
            super.write(file, flipped);
          }
        };
    assertThatThrownBy(() -> new CheckpointStore(folder, flips).save(2, state(2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("altered or damaged");
    assertThat(store().newest(notices::add)).contains(new Checkpoint(1, state(1)));
  }

  @Test
  void aKillAtAnyPointLeavesTheOldStateOrTheNew() throws IOException {
    Deaths deaths = killEverywhere(false, 3);
    assertThat(deaths.broken).isEmpty();
    // Before the rename reaches the device the old one must be found, at the end the new one.
    assertThat(deaths.foundOld).isGreaterThan(10);
    assertThat(deaths.foundNew).isGreaterThan(10);
  }

  @Test
  void aKillWhileTheSameStepIsSavedAgainLeavesIt() throws IOException {
    assertThat(killEverywhere(false, 2).broken).isEmpty();
  }

  @Test
  void aDiskThatDoesNotForceWouldBeNoticed() throws IOException {
    assertThat(killEverywhere(true, 3).broken).isNotEmpty();
  }

  @Test
  void aFullDiskAtAnyPointKeepsTheOldOneAndTheNextSaveWorks() throws IOException {
    Map<Path, byte[]> before = twoGenerations();
    int points = pointsOfASave(before);
    for (int point = 0; point < points; point++) {
      restore(before);
      CheckpointStore store =
          new CheckpointStore(
              folder, new FaultyDisk(folder, false).failAt(point, "No space left on device"));
      assertThatThrownBy(() -> store.save(3, state(3)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.toString())
          .hasMessageMatching(
              ".*: could not be (cleaned|written|deleted): no space left on device; free some"
                  + " space");
      assertThat(names(folder)).noneMatch(name -> name.startsWith(".step-0000000003"));
      assertOldOrNew(store().newest(notices::add).orElseThrow());
      assertThat(notices).isEmpty();

      store.save(4, state(4));
      assertThat(store().newest(notices::add)).contains(new Checkpoint(4, state(4)));
      assertThat(names(folder)).hasSize(2);
    }
  }

  /** What was found after each possible crash of a save. */
  private static final class Deaths {
    final List<String> broken = new ArrayList<>();
    int foundOld;
    int foundNew;
  }

  private Deaths killEverywhere(boolean lies, long step) throws IOException {
    Map<Path, byte[]> before = twoGenerations();
    int points = pointsOfASave(before);
    Deaths deaths = new Deaths();
    for (int point = 0; point <= points; point++) {
      restore(before);
      FaultyDisk disk = new FaultyDisk(folder, lies).killAt(point);
      try {
        new CheckpointStore(folder, disk).save(step, state(step));
      } catch (FaultyDisk.Killed expected) {
        assertThat(point).isLessThan(points);
      }
      int crash = 0;
      for (Map<Path, byte[]> left : disk.afterCrash()) {
        restore(left);
        notices.clear();
        try {
          Checkpoint found = store().newest(notices::add).orElseThrow();
          assertOldOrNew(found);
          // Power may fail at once after the rename, but a torn file must never have the name.
          assertThat(notices).isEmpty();
          if (point == points) {
            assertThat(found.step()).isEqualTo(step);
          }
          if (found.step() == 3) {
            deaths.foundNew++;
          } else {
            deaths.foundOld++;
          }
          store().save(4, state(4));
          assertThat(store().newest(notices::add)).contains(new Checkpoint(4, state(4)));
          assertThat(names(folder)).hasSize(2).noneMatch(name -> name.contains(".tmp-"));
        } catch (InputException | AssertionError e) {
          deaths.broken.add("point " + point + ", crash " + crash + ": " + e.getMessage());
        }
        crash++;
      }
    }
    return deaths;
  }

  private int pointsOfASave(Map<Path, byte[]> before) throws IOException {
    restore(before);
    FaultyDisk disk = new FaultyDisk(folder, false);
    new CheckpointStore(folder, disk).save(3, state(3));
    assertThat(disk.points()).isGreaterThanOrEqualTo(12);
    return disk.points();
  }

  /** Generations 1 and 2, and a temporary file that an earlier kill left. */
  private Map<Path, byte[]> twoGenerations() throws IOException {
    store().save(1, state(1));
    store().save(2, state(2));
    Files.write(folder.resolve(".step-0000000001.safetensors.tmp-0123abcd-7"), new byte[9]);
    return contents();
  }

  private static void assertOldOrNew(Checkpoint found) {
    assertThat(found.step()).isIn(2L, 3L);
    assertThat(found.state()).isEqualTo(state(found.step()));
  }

  private CheckpointStore store() {
    return new CheckpointStore(folder, PLAIN);
  }

  private static TensorFile state(long step) {
    return new TensorFile(
        new TreeMap<>(Map.of("step", Long.toString(step))),
        List.of(
            new NamedTensor("w", List.of(2, 2), new float[] {step, 1, 2, 3}),
            new NamedTensor("w.moment", List.of(2, 2), new float[] {4, 5, 6, -step})));
  }

  private Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (String name : names(folder)) {
      contents.put(folder.resolve(name), Files.readAllBytes(folder.resolve(name)));
    }
    return contents;
  }

  private void restore(Map<Path, byte[]> contents) throws IOException {
    for (String name : names(folder)) {
      Files.delete(folder.resolve(name));
    }
    for (var entry : contents.entrySet()) {
      Files.write(entry.getKey(), entry.getValue());
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
