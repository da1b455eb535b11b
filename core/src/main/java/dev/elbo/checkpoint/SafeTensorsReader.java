package dev.elbo.checkpoint;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one safetensors file of known size from front to back. Nothing is allocated before the size
 * of the file has been seen to justify it.
 */
final class SafeTensorsReader {
  /** The format's own bound on the header. */
  static final int MAX_HEADER = 100_000_000;

  private static final int BUFFER = 1 << 16;

  private final String file;
  private final long size;
  private final InputStream in;
  private final MessageDigest digest = SafeTensors.digest();

  SafeTensorsReader(String file, long size, InputStream in) {
    this.file = file;
    this.size = size;
    this.in = in;
  }

  TensorFile read() throws IOException {
    if (size < Long.BYTES) {
      throw refused(
          file,
          "expected a safetensors file, found " + (size == 0 ? "an empty file" : size + " bytes"),
          null);
    }
    byte[] start = exactly(Long.BYTES);
    byte[] text = exactly(headerLength(start));
    SafeTensorsHeader header = new SafeTensorsHeader(file, text);
    List<SafeTensorsHeader.Entry> entries = inFileOrder(header.entries(), text.length);
    String checksum = checksum(header, text);
    digest.update(start);
    digest.update(text);
    List<NamedTensor> tensors = new ArrayList<>(entries.size());
    for (SafeTensorsHeader.Entry entry : entries) {
      tensors.add(new NamedTensor(entry.name(), entry.shape(), readValues(entry)));
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(checksum)) {
      throw altered("expected sha256 " + checksum + ", found " + found);
    }
    SortedMap<String, String> metadata = new TreeMap<>(header.metadata());
    metadata.remove(SafeTensors.CHECKSUM);
    return new TensorFile(metadata, tensors);
  }

  private int headerLength(byte[] start) {
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER || length > size - Long.BYTES) {
      throw refused(
          file,
          "expected a safetensors file, found "
              + kind(start)
              + " of "
              + Numbers.grouped(size)
              + " bytes",
          null);
    }
    return (int) length;
  }

  /** What people give by mistake, by its first bytes. */
  private static String kind(byte[] start) {
    return switch (HexFormat.of().formatHex(start, 0, 4)) {
      case "89504e47" -> "a PNG image";
      case "504b0304" -> "a zip archive (such as PyTorch writes)";
      case "1f8b0800", "1f8b0808" -> "a gzip file";
      default -> "a truncated or foreign file";
    };
  }

  /** Tensors by position, which must fill the data part without overlap, hole or rest. */
  private List<SafeTensorsHeader.Entry> inFileOrder(
      List<SafeTensorsHeader.Entry> entries, int headerLength) {
    List<SafeTensorsHeader.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
            .thenComparingLong(SafeTensorsHeader.Entry::end));
    long end = 0;
    for (SafeTensorsHeader.Entry entry : sorted) {
      if (entry.begin() != end) {
        throw refused(
            file,
            SafeTensorsHeader.shown(entry.name())
                + ": expected data from byte "
                + Numbers.grouped(end)
                + " on, found "
                + (entry.begin() < end ? "an overlap" : "a hole")
                + " to byte "
                + Numbers.grouped(entry.begin()),
            null);
      }
      end = entry.end();
    }
    long data = size - Long.BYTES - headerLength;
    if (data != end) {
      throw refused(
          file,
          (data < end ? "truncated: " : "trailing bytes: ")
              + "expected "
              + Numbers.grouped(end)
              + " bytes of tensors, found "
              + Numbers.grouped(data),
          null);
    }
    return sorted;
  }

  /** Takes the checksum's digits out of the header, as they were when it was computed. */
  private String checksum(SafeTensorsHeader header, byte[] text) {
    String checksum = header.metadata().get(SafeTensors.CHECKSUM);
    if (checksum == null) {
      throw refused(
          file, "not written by Elbo: expected a sha256 in its metadata, found none", null);
    }
    int at = header.checksumAt();
    byte[] digits = checksum.getBytes(StandardCharsets.UTF_8);
    if (digits.length != SafeTensors.CHECKSUM_DIGITS
        || !Arrays.equals(text, at, at + digits.length, digits, 0, digits.length)) {
      throw altered("expected a sha256 of 64 digits, found " + SafeTensorsHeader.shown(checksum));
    }
    Arrays.fill(text, at, at + digits.length, (byte) '0');
    return checksum;
  }

  private float[] readValues(SafeTensorsHeader.Entry entry) throws IOException {
    float[] values = new float[(int) ((entry.end() - entry.begin()) / Float.BYTES)];
    for (int from = 0; from < values.length; from += BUFFER / Float.BYTES) {
      int count = Math.min(values.length - from, BUFFER / Float.BYTES);
      byte[] bytes = exactly(count * Float.BYTES);
      digest.update(bytes);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, from, count);
    }
    return values;
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length != count) {
      throw refused(
          file, "expected " + Numbers.grouped(size) + " bytes, found an earlier end", null);
    }
    return bytes;
  }

  private InputException altered(String what) {
    return new InputException(
        file + ": altered or damaged: " + what + "; use another copy of it or train again");
  }

  static InputException refused(String file, String what, Throwable cause) {
    return new InputException(file + ": " + what + "; give a file that Elbo wrote", cause);
  }
}
