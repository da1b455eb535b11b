package dev.elbo.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

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

  private static final String NAME = ".lock";

  /** Together longer than many askings of {@link #isHeld}, and too short for anybody to notice. */
  private static final int ATTEMPTS = 4;

  private static final long PAUSE_NANOS = 5_000_000;

  private final Path held;
  private final FileChannel channel;

  private RunLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /** Locks an existing run directory, or throws if it is in use. */
  public static RunLock acquire(Path run) {
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Optional<RunLock> lock = attempt(run.toRealPath(), CREATE, WRITE);
        if (lock.isPresent()) {
          return lock.get();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      throw new InputException(run + ": in use by another process; wait for it or stop it");
    } catch (IOException e) {
      throw FileProblem.of(run, "could not be locked", e);
    }
  }

  /**
   * Whether somebody works on a run directory now. Asking takes the lock for some microseconds,
   * which is why {@link #acquire} does not give up at its first attempt.
   */
  public static boolean isHeld(Path run) {
    try {
      Optional<RunLock> lock = attempt(run.toRealPath(), WRITE);
      lock.ifPresent(RunLock::close);
      return lock.isEmpty();
    } catch (IOException e) {
      // Nobody works in a folder that has no lock file, is gone or cannot be written.
      return false;
    }
  }

  /** The lock, or nothing where somebody else holds it. */
  private static Optional<RunLock> attempt(Path real, OpenOption... options) throws IOException {
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    boolean isLocked = false;
    try {
      Optional<FileChannel> channel = lock(real.resolve(NAME), options);
      isLocked = channel.isPresent();
      return channel.map(locked -> new RunLock(real, locked));
    } finally {
      if (!isLocked) {
        HELD.remove(real);
      }
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

  private static Optional<FileChannel> lock(Path file, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    boolean isLocked = false;
    try {
      isLocked = channel.tryLock() != null;
      return isLocked ? Optional.of(channel) : Optional.empty();
    } catch (OverlappingFileLockException e) {
      // Another copy of this class, under another class loader of this JVM, holds it.
      return Optional.empty();
    } finally {
      if (!isLocked) {
        channel.close();
      }
    }
  }
}
