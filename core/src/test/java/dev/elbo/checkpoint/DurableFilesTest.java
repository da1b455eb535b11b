package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  private static final byte[] OLD = "the old text\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "the new text, longer\n".getBytes(StandardCharsets.UTF_8);

  private final DurableFiles files = new DurableFiles(new LocalDisk());
  @TempDir Path folder;

  @Test
  void aFileIsCreatedAndReplacedAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("config.json");
    files.writeText(file, "é");
    assertThat(file).hasBinaryContent(new byte[] {(byte) 0xc3, (byte) 0xa9});
    files.write(file, new byte[3_000_001]);
    assertThat(Files.size(file)).isEqualTo(3_000_001);
    files.write(file, new byte[0]);
    assertThat(file).isEmptyFile();
    assertThat(names()).containsExactly("config.json");
  }

  @Test
  void linesAreAdded() {
    Path file = folder.resolve("metrics.csv");
    files.appendText(file, "epoch\n");
    files.appendText(file, "1\n2\n");
    assertThat(file).hasContent("epoch\n1\n2\n");
    files.delete(file);
    files.delete(file);
    assertThat(file).doesNotExist();
  }

  @Test
  void foldersAreCreatedWithTheirParents() {
    Path deep = folder.resolve("runs/1/checkpoint");
    files.createFolder(deep);
    files.createFolder(deep);
    assertThat(deep).isDirectory();
    Path file = folder.resolve("file");
    files.writeText(file, "");
    assertThatThrownBy(() -> files.createFolder(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": could not be created: something else of that name is there; choose another"
                + " place");
  }

  @Test
  void onlyTemporaryFilesOfOursAreSwept() throws IOException {
    for (String name : List.of(".a.tmp-0123abcd-0", "a.tmp-0123abcd-0", ".a.tmp-x", ".lock", "a")) {
      Files.createFile(folder.resolve(name));
    }
    files.sweep(folder);
    assertThat(names()).containsExactly(".a.tmp-x", ".lock", "a", "a.tmp-0123abcd-0");
  }

  @Test
  void whatAKillLeavesIsRecognisedAsTemporary() throws IOException {
    try {
      new DurableFiles(new FaultyDisk(folder, false).killAt(2)).write(folder.resolve("a"), NEW);
    } catch (FaultyDisk.Killed expected) {
      assertThat(names()).hasSize(1);
    }
    assertThat(names().get(0)).matches("\\.a\\.tmp-[0-9a-f]{8}-\\d+");
    files.sweep(folder);
    assertThat(names()).isEmpty();
  }

  @Test
  void aKillAtAnyPointOfAWriteLeavesTheOldBytesOrTheNew() throws IOException {
    Path file = folder.resolve("a");
    for (int point = 0; point < 8; point++) {
      clear();
      Files.write(file, OLD);
      FaultyDisk disk = new FaultyDisk(folder, false).killAt(point);
      assertThatThrownBy(() -> new DurableFiles(disk).write(file, NEW))
          .isInstanceOf(FaultyDisk.Killed.class);
      for (Map<Path, byte[]> left : disk.afterCrash()) {
        assertThat(left.get(file)).isIn(OLD, NEW);
      }
    }
  }

  @Test
  void whatAWriteHasReturnedOutlivesACrash() throws IOException {
    Path file = folder.resolve("a");
    FaultyDisk disk = new FaultyDisk(folder, false);
    new DurableFiles(disk).write(file, NEW);
    assertThat(disk.afterCrash()).allSatisfy(left -> assertThat(left.get(file)).isEqualTo(NEW));
    new DurableFiles(disk).append(folder.resolve("b"), OLD);
    new DurableFiles(disk).append(folder.resolve("b"), NEW);
    for (Map<Path, byte[]> left : disk.afterCrash()) {
      assertThat(left.get(file)).isEqualTo(NEW);
      assertThat(left.get(folder.resolve("b")))
          .asString()
          .isEqualTo("the old text\nthe new text, longer\n");
    }
  }

  @Test
  void aKillAtAnyPointOfAnAppendKeepsWhatWasThere() throws IOException {
    Path file = folder.resolve("metrics.csv");
    for (int point = 0; point < 4; point++) {
      clear();
      Files.write(file, OLD);
      FaultyDisk disk = new FaultyDisk(folder, false).killAt(point);
      assertThatThrownBy(() -> new DurableFiles(disk).append(file, NEW))
          .isInstanceOf(FaultyDisk.Killed.class);
      for (Map<Path, byte[]> left : disk.afterCrash()) {
        assertThat(left.get(file)).startsWith(OLD);
      }
    }
  }

  @Test
  void failuresAreToldInPlainWordsAndKeepTheFile() throws IOException {
    Map<String, String> sentences =
        Map.of(
            "No space left on device", "no space left on device; free some space",
            "Input/output error", "input/output error; check the disk",
            "Read-only file system", "read-only file system; choose another place");
    Path file = folder.resolve("a");
    for (var sentence : sentences.entrySet()) {
      for (int point = 0; point < 6; point++) {
        clear();
        Files.write(file, OLD);
        DurableFiles failing =
            new DurableFiles(new FaultyDisk(folder, false).failAt(point, sentence.getKey()));
        assertThatThrownBy(() -> failing.write(file, NEW))
            .isInstanceOf(InputException.class)
            .hasMessage(file + ": could not be written: " + sentence.getValue());
        assertThat(Files.readAllBytes(file)).isIn(OLD, NEW);
        assertThat(names()).containsExactly("a");
      }
    }
  }

  @Test
  void anAppendThatFailsTakesItsPartBack() throws IOException {
    Path file = folder.resolve("a");
    for (int point = 0; point < 3; point++) {
      clear();
      Files.write(file, OLD);
      DurableFiles failing =
          new DurableFiles(new FaultyDisk(folder, false).failAt(point, "No space left on device"));
      assertThatThrownBy(() -> failing.append(file, NEW))
          .isInstanceOf(InputException.class)
          .hasMessage(file + ": could not be written: no space left on device; free some space");
      assertThat(file).hasBinaryContent(OLD);
    }
  }

  @Test
  void realFailuresOfThisSystemAreToldInPlainWords() {
    Path none = folder.resolve("none/a");
    assertThatThrownBy(() -> files.writeText(none, ""))
        .isInstanceOf(InputException.class)
        .hasMessage(none + ": could not be written: no such file or folder; check the path");
    Path taken = folder.resolve("taken");
    files.createFolder(taken.resolve("inside"));
    assertThatThrownBy(() -> files.writeText(taken, ""))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(taken + ": could not be written: ");
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    assertThatThrownBy(() -> files.append(full, OLD))
        .isInstanceOf(InputException.class)
        .hasMessage("/dev/full: could not be written: no space left on device; free some space");
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (var list = Files.list(folder)) {
      list.forEach(p -> names.add(p.getFileName().toString()));
    }
    names.sort(null);
    return names;
  }

  private void clear() throws IOException {
    for (String name : names()) {
      Files.delete(folder.resolve(name));
    }
  }
}
