package dev.elbo.checkpoint;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of one run, the newest two generations, as {@code step-0000012345.safetensors}.
 * Whenever a process dies, the newest that can be read is the last saved or the one before it.
 */
public final class CheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-(\\d{10,18})\\.safetensors");
  private static final int STEP_DIGITS = 10;

  private final Path folder;
  private final DurableFiles files;

  /** Files that this store has read whole, so that they need not be read again. */
  private final Set<Path> sound = new HashSet<>();

  /**
   * @param folder the run's {@code checkpoint} folder; created by the first save
   */
  public CheckpointStore(Path folder, Disk disk) {
    this.folder = folder;
    this.files = new DurableFiles(disk);
  }

  /**
   * Saves durably, reads back, and only then deletes older generations, and newer ones, which
   * belong to a future that was given up. Only for the holder of the run's {@link RunLock}.
   */
  public void save(long step, TensorFile state) {
    files.createFolder(folder);
    files.sweep(folder);
    Path file = fileOf(step);
    sound.remove(file);
    files.write(file, SafeTensors.encode(state));
    SafeTensors.read(file);
    sound.add(file);
    NavigableMap<Long, Path> all = list();
    Optional<Path> previous =
        all.headMap(step, false).descendingMap().values().stream()
            .filter(this::canBeRead)
            .findFirst();
    for (Path other : all.values()) {
      if (!other.equals(file) && !previous.equals(Optional.of(other))) {
        sound.remove(other);
        files.delete(other);
      }
    }
  }

  /**
   * The newest checkpoint that is whole, or nothing where none was saved.
   *
   * @param notice told, in a sentence, of each newer one that had to be passed over
   */
  public Optional<Checkpoint> newest(Consumer<String> notice) {
    NavigableMap<Long, Path> newestFirst = list().descendingMap();
    InputException last = null;
    for (var entry : newestFirst.entrySet()) {
      try {
        Checkpoint checkpoint = new Checkpoint(entry.getKey(), SafeTensors.read(entry.getValue()));
        sound.add(entry.getValue());
        return Optional.of(checkpoint);
      } catch (InputException e) {
        notice.accept("passed over a checkpoint: " + e.getMessage());
        last = e;
      }
    }
    if (last != null) {
      throw new InputException(
          folder
              + ": expected a whole checkpoint, found "
              + newestFirst.size()
              + ", none of which can be read; put back a copy of one or train again",
          last);
    }
    return Optional.empty();
  }

  private boolean canBeRead(Path file) {
    if (!sound.contains(file)) {
      try {
        SafeTensors.read(file);
      } catch (InputException e) {
        return false;
      }
      sound.add(file);
    }
    return true;
  }

  private Path fileOf(long step) {
    assert step >= 0;
    String digits = Long.toString(step);
    String zeros = "0".repeat(Math.max(0, STEP_DIGITS - digits.length()));
    return folder.resolve("step-" + zeros + digits + ".safetensors");
  }

  private NavigableMap<Long, Path> list() {
    if (!Files.isDirectory(folder)) {
      return Collections.emptyNavigableMap();
    }
    NavigableMap<Long, Path> found = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          found.put(Long.parseLong(name.group(1)), file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw FileProblem.of(folder, "could not be listed", e.getCause());
    } catch (IOException e) {
      throw FileProblem.of(folder, "could not be listed", e);
    }
    return found;
  }
}
