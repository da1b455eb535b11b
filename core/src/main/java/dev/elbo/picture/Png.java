package dev.elbo.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes PNG files. The bytes depend on the machine's zlib; only the pixels are defined. */
public final class Png {
  private Png() {}

  static {
    // Otherwise ImageIO puts a temporary file on the disk for every picture.
    ImageIO.setUseCache(false);
  }

  public static byte[] bytes(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IllegalStateException("this Java runtime has no PNG writer");
    }
    return bytes.toByteArray();
  }

  /** Written beside and moved into place, so that a picture is there whole or not at all. */
  public static void write(BufferedImage picture, Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(beside, bytes(picture));
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
