package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes, MNIST's format: {@code 00 00 08 rank}, then {@code rank} sizes as
 * big-endian 32-bit integers, then the bytes, and nothing after them. Packed with gzip or not; the
 * first bytes tell, not the name. Memory grows with what arrives, never with what a header says.
 *
 * @param sizes one per dimension, none zero
 * @param data row-major; as long as the product of the sizes
 */
public record Idx(int[] sizes, byte[] data) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MAGIC_BYTES = 4;

  /** Typical of gzip on images; a buffer begins at so many times the packed length. */
  private static final int FIRST_GUESS = 4;

  /** The longest array that common JVMs allow. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Images with their labels, if any.
   *
   * @param wayOut what to advise when a file is broken, as the end of a sentence
   */
  public static Images images(Path images, Optional<Path> labels, String wayOut) {
    Idx pixels = read(images, 3, wayOut);
    int count = pixels.sizes[0];
    Optional<byte[]> classes = labels.map(file -> read(file, 1, wayOut).data);
    if (classes.isPresent() && classes.get().length != count) {
      throw broken(
          labels.get(),
          Numbers.grouped(count) + " labels, one for each image of " + images.getFileName(),
          Numbers.grouped(classes.get().length),
          wayOut);
    }
    return new Images(count, pixels.sizes[1], pixels.sizes[2], pixels.data, classes);
  }

  /** Reads a file of {@code rank} dimensions; see {@link #images} for {@code wayOut}. */
  public static Idx read(Path file, int rank, String wayOut) {
    long length = regularLength(file);
    try (InputStream raw = Files.newInputStream(file)) {
      InputStream in = Unpacked.of(raw);
      boolean packed = in instanceof GZIPInputStream;
      return new Source(file, in, packed, length, wayOut).read(rank);
    } catch (EOFException | ZipException e) {
      throw broken(file, "a whole gzip file", "a damaged one (" + e.getMessage() + ")", wayOut);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + Reason.of(e) + "); " + wayOut, e);
    }
  }

  /** SHA-256 of the unpacked file, header included. */
  String sha256() {
    ByteBuffer header = ByteBuffer.allocate(MAGIC_BYTES + sizes.length * Integer.BYTES);
    header.putInt(UNSIGNED_BYTE << 8 | sizes.length);
    for (int size : sizes) {
      header.putInt(size);
    }
    return Sha256.of(header.array(), data);
  }

  /** The length of a regular file; a device or a pipe could be endless and is refused. */
  static long regularLength(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        String found = attributes.isDirectory() ? "a folder" : "a device or a pipe";
        throw broken(file, "a regular file", found, "give an IDX file");
      }
      return attributes.size();
    } catch (NoSuchFileException e) {
      throw broken(file, "a file", "none, or a link to nowhere", "put it there or remove the link");
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be looked at (" + Reason.of(e) + "); check the path", e);
    }
  }

  private static InputException broken(Path file, String expected, String found, String wayOut) {
    return new InputException(file + ": expected " + expected + ", found " + found + "; " + wayOut);
  }

  /** The bytes of one file on their way in. */
  private record Source(Path file, InputStream in, boolean packed, long length, String wayOut) {

    Idx read(int rank) throws IOException {
      byte[] header = new byte[MAGIC_BYTES + rank * Integer.BYTES];
      int arrived = fill(header, 0);
      checkMagic(header, arrived, rank);
      if (arrived < header.length) {
        throw broken("a header of " + header.length + " bytes", arrived + " bytes");
      }
      int[] sizes = new int[rank];
      long promised = sizes(header, sizes);
      if (!packed && length != header.length + promised) {
        throw wrongLength(header.length + promised, Numbers.grouped(length));
      }
      byte[] data = body((int) promised, header.length);
      if (in.read() >= 0) {
        throw wrongLength(header.length + promised, "more");
      }
      return new Idx(sizes, data);
    }

    private void checkMagic(byte[] header, int arrived, int rank) {
      byte[] magic = Arrays.copyOf(header, Math.min(arrived, MAGIC_BYTES));
      if (magic.length < MAGIC_BYTES || magic[0] != 0 || magic[1] != 0) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        String found = magic.length == 0 ? "an empty file" : hex.formatHex(magic);
        throw broken("an IDX file, which begins with 00 00 08 0" + rank, found);
      }
      if (magic[2] != UNSIGNED_BYTE) {
        String found = "type " + HexFormat.of().toHexDigits(magic[2]);
        throw broken("IDX type 08 (unsigned bytes)", found);
      }
      if (magic[3] != rank) {
        String kind = rank == 1 ? "labels" : "images";
        throw broken("a rank of " + rank + " (" + kind + ")", "rank " + (magic[3] & 0xff));
      }
    }

    /** Reads the sizes out of the header and returns their product. */
    private long sizes(byte[] header, int[] sizes) {
      ByteBuffer numbers = ByteBuffer.wrap(header, MAGIC_BYTES, header.length - MAGIC_BYTES);
      long[] wide = new long[sizes.length];
      Arrays.setAll(wide, i -> Integer.toUnsignedLong(numbers.getInt()));
      String shape = Arrays.stream(wide).mapToObj(Long::toString).collect(Collectors.joining("×"));
      long limit = Math.min(LONGEST_ARRAY, Runtime.getRuntime().maxMemory());
      long product = 1;
      for (int i = 0; i < wide.length; i++) {
        if (wide[i] == 0) {
          throw broken("no size of zero", shape);
        }
        if (wide[i] > limit / product) {
          throw broken("at most " + Numbers.grouped(limit) + " bytes, what fits in memory", shape);
        }
        product *= wide[i];
        sizes[i] = (int) wide[i];
      }
      return product;
    }

    private byte[] body(int promised, int before) throws IOException {
      long first = packed ? length * FIRST_GUESS : promised;
      byte[] data = new byte[(int) Math.min(promised, first)];
      int arrived = fill(data, 0);
      while (arrived == data.length && arrived < promised) {
        data = Arrays.copyOf(data, (int) Math.min(promised, 2L * arrived));
        arrived = fill(data, arrived);
      }
      if (arrived < promised) {
        throw wrongLength((long) before + promised, Numbers.grouped((long) before + arrived));
      }
      return data;
    }

    /** Reads until the array is full or the file ends, early or not; returns how full it is. */
    private int fill(byte[] bytes, int from) throws IOException {
      int filled = from;
      try {
        while (filled < bytes.length) {
          int n = in.read(bytes, filled, bytes.length - filled);
          if (n < 0) {
            break;
          }
          filled += n;
        }
      } catch (EOFException e) {
        return filled; // how gzip tells of a file that was cut off
      }
      return filled;
    }

    private InputException wrongLength(long expected, String found) {
      return broken(
          Numbers.grouped(expected) + " bytes" + (packed ? " after decompression" : ""), found);
    }

    private InputException broken(String expected, String found) {
      return Idx.broken(file, expected, found, wayOut);
    }
  }
}
