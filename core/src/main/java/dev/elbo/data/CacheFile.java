package dev.elbo.data;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that it is seen whole or not at all. */
final class CacheFile {
  private CacheFile() {}

  /** Makes the folders, writes beside the target, forces to disk, moves into place. */
  static Path write(Path target, byte[] bytes) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, target.getFileName() + ".", ".part");
      part.toFile().deleteOnExit(); // Ctrl-C runs exit hooks, but no finally
      try {
        writeAndForce(part, bytes);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      forceFolder(folder);
      return target;
    } catch (IOException e) {
      throw new InputException(
          target
              + ": cannot be written ("
              + Reason.of(e)
              + "); make room or set XDG_CACHE_HOME to a folder that can be written",
          e);
    }
  }

  private static void writeAndForce(Path part, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes the new name durable where folders can be opened; Windows needs and allows none. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notSupported) {
      return;
    }
  }
}
