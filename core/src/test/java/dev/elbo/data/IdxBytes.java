package dev.elbo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes the IDX files of the tests; contents are a fixed pattern. */
final class IdxBytes {
  private IdxBytes() {}

  /** An IDX file of unsigned bytes: header as told, then the data as told. */
  static byte[] of(byte[] data, int... sizes) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * sizes.length + data.length);
    out.putInt(0x0800 | sizes.length);
    for (int size : sizes) {
      out.putInt(size);
    }
    return out.put(data).array();
  }

  static byte[] images(int count, int height, int width, int salt) {
    return of(pattern(count * height * width, salt), count, height, width);
  }

  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return of(labels, count);
  }

  static byte[] pattern(int length, int salt) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + salt);
    }
    return bytes;
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
