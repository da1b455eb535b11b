package dev.elbo.checkpoint;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Files that are either as before or as wanted, whenever the power fails. When a method has
 * returned, its effect outlives a crash; when it throws, an {@link InputException} in plain words
 * says why, and the file is still either as before or as wanted.
 */
public final class DurableFiles {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.tmp-[0-9a-f]{8}-[0-9]+");

  // Random, because a process id is not unique on a folder that containers share. Such a name never
  // lasts and reaches no result.
  private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

  private static final AtomicLong COUNTER = new AtomicLong();

  private final Disk disk;

  public DurableFiles(Disk disk) {
    this.disk = disk;
  }

  /** Whether a file of this name is what a killed process left. */
  public static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /** Replaces a file, or creates it, in one step. */
  public void write(Path file, byte[] bytes) {
    Path place = file.toAbsolutePath();
    Path temporary =
        place.resolveSibling(
            "." + place.getFileName() + ".tmp-" + PROCESS + "-" + COUNTER.getAndIncrement());
    try {
      disk.write(temporary, bytes);
      disk.rename(temporary, place);
      disk.forceFolder(place.getParent());
    } catch (IOException e) {
      InputException problem = FileProblem.of(file, "could not be written", e);
      try {
        disk.delete(temporary);
      } catch (IOException second) {
        problem.addSuppressed(second);
      }
      throw problem;
    }
  }

  public void writeText(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds to a file, created if need be. A crash may leave a part of {@code bytes}; whoever reads
   * the file must know one.
   */
  public void append(Path file, byte[] bytes) {
    try {
      boolean isNew = !Files.exists(file);
      long before = isNew ? 0 : Files.size(file);
      try {
        disk.append(file, bytes);
      } catch (IOException e) {
        cutBack(file, before, e);
        throw e;
      }
      if (isNew) {
        disk.forceFolder(file.toAbsolutePath().getParent());
      }
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be written", e);
    }
  }

  public void appendText(Path file, String text) {
    append(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Creates a folder and the ones above it as far as they are missing. */
  public void createFolder(Path folder) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = folder.toAbsolutePath(); p != null && !Files.isDirectory(p); p = p.getParent()) {
      missing.push(p);
    }
    try {
      for (Path next : missing) {
        disk.createFolder(next);
        if (next.getParent() != null) {
          disk.forceFolder(next.getParent());
        }
      }
    } catch (IOException e) {
      throw FileProblem.of(folder, "could not be created", e);
    }
  }

  /** Deletes a file if it is there. */
  public void delete(Path file) {
    try {
      disk.delete(file);
      disk.forceFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileProblem.of(file, "could not be deleted", e);
    }
  }

  /**
   * Deletes the temporary files that killed processes left in a folder. Only for the one process
   * that may write there: it would take the temporary files of another.
   */
  public void sweep(Path folder) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, p -> TEMPORARY.matcher(p.getFileName().toString()).matches())) {
      for (Path file : files) {
        disk.delete(file);
      }
    } catch (DirectoryIteratorException e) {
      throw FileProblem.of(folder, "could not be listed", e.getCause());
    } catch (IOException e) {
      throw FileProblem.of(folder, "could not be cleaned", e);
    }
  }

  private void cutBack(Path file, long size, IOException cause) {
    try {
      disk.truncate(file, size);
    } catch (IOException second) {
      cause.addSuppressed(second);
    }
  }
}
