package dev.elbo.training;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code progress.json}: the present moment of a training, written over a few times a second for
 * whoever watches from another process. One write of a fixed length in place, which costs some
 * microseconds; nothing is forced to the disk, and a file that cannot be written is no reason to
 * stop training.
 */
public final class ProgressFile implements AutoCloseable {
  /** More than a moment needs; the rest is blanks. */
  private static final int LENGTH = 512;

  private static final byte BLANK = ' ';

  private final Path file;
  private FileChannel channel;

  ProgressFile(Path file) {
    this.file = file;
  }

  void write(TrainingEvent.Progress progress) {
    byte[] text = RunEvent.of(progress).line().getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(LENGTH);
    if (text.length >= LENGTH) {
      return;
    }
    record.put(text);
    while (record.position() < LENGTH - 1) {
      record.put(BLANK);
    }
    record.put((byte) '\n').flip();
    try {
      if (channel == null) {
        channel = FileChannel.open(file, CREATE, WRITE);
      }
      channel.write(record, 0);
    } catch (IOException e) {
      // What must be kept is written elsewhere, and says so when it cannot be.
    }
  }

  /** The last moment told; nothing where there is none, or it is being written just now. */
  public static Optional<RunEvent> read(Path file) {
    return RunEvent.parse(text(file));
  }

  /** The file as it is, to be compared with what was read before; empty where there is none. */
  public static String text(Path file) {
    try {
      return Files.size(file) == LENGTH ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends the present: the file goes. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It says of itself which step it belongs to.
    }
  }
}
