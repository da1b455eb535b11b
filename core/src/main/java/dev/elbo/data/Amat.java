package dev.elbo.data;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A text of binary images, one a line, each pixel a digit 0 or 1 with a space between: the format
 * of the binarized MNIST. Packed with gzip or not. The length is known beforehand, so that memory
 * never grows with what a file says.
 */
record Amat(Path file, byte[] text) {
  private static final int FULL = 255;

  static Amat read(Path file, long bytes, String wayOut) {
    Idx.regularLength(file);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = Unpacked.of(raw)) {
      byte[] text = in.readNBytes(Math.toIntExact(bytes));
      if (text.length < bytes || in.read() >= 0) {
        String found = text.length < bytes ? Numbers.grouped(text.length) : "more";
        throw new InputException(
            "%s: expected %s bytes of text, found %s; %s"
                .formatted(file, Numbers.grouped(bytes), found, wayOut));
      }
      return new Amat(file, text);
    } catch (EOFException | ZipException e) {
      throw new InputException(
          "%s: expected a whole gzip file, found a damaged one (%s); %s"
              .formatted(file, e.getMessage(), wayOut),
          e);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be read (%s); %s".formatted(file, Reason.of(e), wayOut), e);
    }
  }

  String sha256() {
    return Sha256.of(text);
  }

  Images images(int height, int width, String wayOut) {
    int size = height * width;
    int count = text.length / (2 * size);
    byte[] pixels = new byte[count * size];
    for (int i = 0; i < pixels.length; i++) {
      int digit = text[2 * i] - '0';
      int after = text[2 * i + 1];
      if (digit < 0 || digit > 1 || after != ((i + 1) % size == 0 ? '\n' : ' ')) {
        throw new InputException(
            "%s: expected lines of %d digits 0 or 1 with a space between, found another text in line %d; %s"
                .formatted(file, size, i / size + 1, wayOut));
      }
      pixels[i] = (byte) (digit * FULL);
    }
    return new Images(count, height, width, pixels, Optional.empty());
  }
}
