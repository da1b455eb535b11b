package dev.elbo.studio.run;

import dev.elbo.training.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Follows a file of events as it grows, a bounded piece at a time. When a run goes on from a
 * checkpoint the file is replaced by a shorter one: it is then read from its beginning, and events
 * that were given before are passed over by their ids.
 */
final class EventReader {
  private static final int PIECE = 1 << 18;

  /** A line holds a number for each latent dimension. */
  private static final int LONGEST_LINE = 1 << 25;

  private final Path file;
  private long after;
  private long offset;
  private int piece = PIECE;
  private long size;
  private Object identity;

  /**
   * @param after the id of the last event that is known already; 0 for none
   */
  EventReader(Path file, long after) {
    this.file = file;
    this.after = after;
  }

  /** The next few events that are new; none where there are none yet. */
  List<RunEvent> next() throws IOException {
    List<RunEvent> events = new ArrayList<>();
    String text = nextLines();
    text.lines()
        .forEach(
            line ->
                RunEvent.parse(line)
                    .filter(event -> event.id() > after)
                    .ifPresent(
                        event -> {
                          events.add(event);
                          after = event.id();
                        }));
    return events;
  }

  /** Whether the file held more than {@link #next} has given when it was last asked. */
  boolean isBehind() {
    return offset < size;
  }

  /** Whole lines that have come since, as many as fit a piece. */
  private String nextLines() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean isSame = Objects.equals(attributes.fileKey(), identity);
      identity = attributes.fileKey();
      if (!isSame || attributes.size() < offset) {
        offset = 0;
      }
      size = attributes.size();
      if (size == offset) {
        return "";
      }
      ByteBuffer bytes = read();
      int end = bytes.limit();
      while (end > 0 && bytes.get(end - 1) != '\n') {
        end--;
      }
      if (end == 0) {
        // Half a line, or one that is longer than a piece.
        piece = bytes.limit() == piece ? Math.min(2 * piece, LONGEST_LINE) : piece;
        return "";
      }
      piece = PIECE;
      offset += end;
      return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      offset = 0;
      size = 0;
      return "";
    }
  }

  private ByteBuffer read() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(piece);
      channel.position(offset);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the piece is full or the file ends.
      }
      return bytes.flip();
    }
  }
}
