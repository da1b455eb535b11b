package dev.elbo.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk that dies or fails at a chosen point and knows what a crash then may leave behind. It
 * works on one real folder, so that readers see the live state, and remembers apart what was
 * forced.
 *
 * <p>Points are numbered: before each operation, in its middle (half the bytes), after it but
 * before it is forced, and after. At a crash, content that was not forced may be gone, half there,
 * garbage of the right length, or whole; of the changes of names since the last force, any part may
 * have reached the device (Pillai et al., OSDI 2014, section 2).
 */
final class FaultyDisk implements Disk {

  /** The process is gone. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A file on the device; {@code forced} is null as long as nothing was. */
  private static final class Content {
    byte[] live;
    byte[] forced;
  }

  /** A name got other content, or none (null). */
  private record Renaming(Map<Path, Content> changes) {}

  private final Path folder;
  private final boolean lies;
  private final Map<Path, Content> live = new TreeMap<>();
  private final Map<Path, Content> durable = new TreeMap<>();
  private final List<Renaming> pending = new ArrayList<>();
  private int killAt = Integer.MAX_VALUE;
  private int failAt = Integer.MAX_VALUE;
  private String failure = "";
  private int points;

  /**
   * @param lies whether forcing does nothing, to show that the tests would notice
   */
  FaultyDisk(Path folder, boolean lies) throws IOException {
    this.folder = folder;
    this.lies = lies;
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Content content = new Content();
        content.live = Files.readAllBytes(file);
        content.forced = content.live;
        live.put(file, content);
        durable.put(file, content);
      }
    }
  }

  /** Dies at a point, counted from 0. */
  FaultyDisk killAt(int point) {
    killAt = point;
    return this;
  }

  /** Throws an {@link IOException} at a point, once. */
  FaultyDisk failAt(int point, String message) {
    failAt = point;
    failure = message;
    return this;
  }

  int points() {
    return points;
  }

  /** Every state of the folder that a crash now may leave: bytes by name. */
  List<Map<Path, byte[]>> afterCrash() {
    List<Map<Path, byte[]>> states = new ArrayList<>();
    for (int subset = 0; subset < 1 << pending.size(); subset++) {
      Map<Path, Content> names = new TreeMap<>(durable);
      for (int i = 0; i < pending.size(); i++) {
        if ((subset >> i & 1) == 1) {
          apply(pending.get(i), names);
        }
      }
      for (int fate = 0; fate < 4; fate++) {
        Map<Path, byte[]> state = new TreeMap<>();
        for (var entry : names.entrySet()) {
          state.put(entry.getKey(), left(entry.getValue(), fate));
        }
        states.add(state);
      }
    }
    return states;
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    point();
    Content content = new Content();
    content.live = Arrays.copyOf(bytes, bytes.length / 2);
    rename(Map.of(file, content));
    Files.write(file, content.live);
    point();
    content.live = bytes;
    Files.write(file, bytes);
    point();
    force(content);
    point();
  }

  @Override
  public void append(Path file, byte[] bytes) throws IOException {
    point();
    Content content = live.get(file);
    if (content == null) {
      content = new Content();
      content.live = new byte[0];
      rename(Map.of(file, content));
    }
    byte[] before = content.live;
    for (int count : new int[] {bytes.length / 2, bytes.length}) {
      content.live = Arrays.copyOf(before, before.length + count);
      System.arraycopy(bytes, 0, content.live, before.length, count);
      Files.write(file, content.live);
      point();
    }
    force(content);
    point();
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    point();
    Content content = live.get(file);
    content.live = Arrays.copyOf(content.live, (int) size);
    Files.write(file, content.live);
    point();
    force(content);
    point();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    point();
    Map<Path, Content> changes = new TreeMap<>();
    changes.put(from, null);
    changes.put(to, live.get(from));
    rename(changes);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    point();
  }

  @Override
  public void delete(Path file) throws IOException {
    point();
    Map<Path, Content> change = new TreeMap<>();
    change.put(file, null);
    rename(change);
    Files.deleteIfExists(file);
    point();
  }

  @Override
  public void createFolder(Path created) {
    throw new AssertionError("the folder is there from the beginning");
  }

  @Override
  public void forceFolder(Path forced) throws IOException {
    point();
    if (!forced.equals(folder)) {
      throw new AssertionError("expected " + folder + ", found " + forced);
    }
    if (!lies) {
      pending.forEach(change -> apply(change, durable));
      pending.clear();
    }
    point();
  }

  private void point() throws IOException {
    int here = points++;
    if (here >= killAt) {
      throw new Killed();
    }
    if (here == failAt) {
      throw new IOException(failure);
    }
  }

  private void rename(Map<Path, Content> changes) {
    Renaming renaming = new Renaming(changes);
    apply(renaming, live);
    pending.add(renaming);
  }

  private void force(Content content) {
    if (!lies) {
      content.forced = content.live;
    }
  }

  private static void apply(Renaming renaming, Map<Path, Content> names) {
    renaming
        .changes()
        .forEach(
            (name, content) -> {
              if (content == null) {
                names.remove(name);
              } else {
                names.put(name, content);
              }
            });
  }

  private static byte[] left(Content content, int fate) {
    if (content.forced == content.live) {
      return content.live;
    }
    byte[] forced = content.forced == null ? new byte[0] : content.forced;
    return switch (fate) {
      case 0 -> forced;
      case 1 -> Arrays.copyOf(content.live, (forced.length + content.live.length) / 2);
      case 2 -> Arrays.copyOf(forced, content.live.length);
      default -> content.live;
    };
  }
}
