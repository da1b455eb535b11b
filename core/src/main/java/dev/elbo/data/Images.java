package dev.elbo.data;

import dev.elbo.InputException;
import java.util.Optional;

/**
 * Grey images of one size, a byte a pixel: 0 is background, 255 full ink.
 *
 * @param pixels image after image, row-major; length {@code count · height · width}
 * @param labels one class per image, or empty
 */
public record Images(int count, int height, int width, byte[] pixels, Optional<byte[]> labels) {

  public Images {
    if ((long) count * height * width != pixels.length) {
      throw new InputException(
          "images: expected %d×%d×%d = %d bytes, found %d; the sizes and the pixels must agree"
              .formatted(count, height, width, (long) count * height * width, pixels.length));
    }
    if (labels.isPresent() && labels.get().length != count) {
      throw new InputException(
          "labels: expected one for each of %d images, found %d"
              .formatted(count, labels.get().length));
    }
  }

  /** Pixels per image, D = height · width. */
  public int size() {
    return height * width;
  }

  /** One more than the largest label; 0 without labels. */
  public int classes() {
    int classes = 0;
    for (byte label : labels.orElseGet(() -> new byte[0])) {
      classes = Math.max(classes, (label & 0xff) + 1);
    }
    return classes;
  }

  public int label(int index) {
    return labels.orElseThrow()[index] & 0xff;
  }
}
