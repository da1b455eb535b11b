package dev.elbo.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sole use of a run directory, held through an operating-system lock on {@code .lock} in it, which
 * the system lets go when the process dies. The file itself stays: deleting it would let two
 * processes hold locks on two files of one name.
 */
public final class RunLock implements AutoCloseable {
  /**
   * What this JVM holds. POSIX drops a process's locks on a file when it closes any channel to it,
   * so a second attempt must be refused before it opens one.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private RunLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /** Locks an existing run directory, or throws at once if it is in use. */
  public static RunLock acquire(Path run) {
    try {
      Path real = run.toRealPath();
      if (!HELD.add(real)) {
        throw inUse(run);
      }
      try {
        return new RunLock(real, lock(run));
      } catch (IOException | RuntimeException e) {
        HELD.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw FileProblem.of(run, "could not be locked", e);
    }
  }

  @Override
  public void close() {
    // A second close must not let go what another holder has taken since the first.
    if (channel.isOpen()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw FileProblem.of(held, "could not be unlocked", e);
      } finally {
        HELD.remove(held);
      }
    }
  }

  private static FileChannel lock(Path run) throws IOException {
    FileChannel channel = FileChannel.open(run.resolve(".lock"), CREATE, WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(run);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      // Another copy of this class, under another class loader of this JVM, holds it.
      channel.close();
      throw inUse(run);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static InputException inUse(Path run) {
    return new InputException(run + ": in use by another process; wait for it or stop it");
  }
}
