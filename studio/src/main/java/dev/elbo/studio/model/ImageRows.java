package dev.elbo.studio.model;

import dev.elbo.data.Images;
import java.util.Arrays;
import java.util.Optional;

/** Images of a data set as a model takes them. */
final class ImageRows {
  private static final float WHITE = 255;

  private ImageRows() {}

  /** Images {@code from} to {@code from + count − 1}, their pixels level/255. */
  static Rows of(Images images, int from, int count) {
    int size = images.size();
    float[] values = new float[count * size];
    for (int j = 0; j < values.length; j++) {
      values[j] = (images.pixels()[from * size + j] & 0xff) / WHITE;
    }
    int[] labels = new int[images.labels().isPresent() ? count : 0];
    Arrays.setAll(labels, i -> images.label(from + i));
    return new Rows(count, values, labels);
  }

  /** One set after the other. */
  static Images joined(Images first, Images second) {
    Optional<byte[]> labels =
        first.labels().isPresent() && second.labels().isPresent()
            ? Optional.of(joined(first.labels().get(), second.labels().get()))
            : Optional.empty();
    return new Images(
        first.count() + second.count(),
        first.height(),
        first.width(),
        joined(first.pixels(), second.pixels()),
        labels);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
