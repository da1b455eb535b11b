package dev.elbo.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures as PNG. The bytes depend on the machine's zlib; only the pixels are defined. */
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
}
