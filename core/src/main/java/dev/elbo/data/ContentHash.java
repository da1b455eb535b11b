package dev.elbo.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The digest that names the contents of a data set, however its files lie or are compressed.
 *
 * <p>SHA-256 over: the eight ASCII bytes {@code elbodata}; six big-endian 32-bit integers (training
 * count, test count, height, width, 1 or 0 for training labels, 1 or 0 for test labels); training
 * pixels, training labels, test pixels, test labels, absent labels being no bytes.
 */
public final class ContentHash {
  private static final byte[] MARK = "elbodata".getBytes(StandardCharsets.US_ASCII);
  private static final int INTEGERS = 6;
  private static final byte[] NO_LABELS = {};

  private ContentHash() {}

  /** With a validation part: that of (training, test), then that of (validation, test). */
  static String of(Images train, Images validation, Images test) {
    String both = of(train, test) + of(validation, test);
    return Sha256.of(both.getBytes(StandardCharsets.US_ASCII));
  }

  public static String of(Images train, Images test) {
    byte[] header =
        ByteBuffer.allocate(MARK.length + INTEGERS * Integer.BYTES)
            .put(MARK)
            .putInt(train.count())
            .putInt(test.count())
            .putInt(train.height())
            .putInt(train.width())
            .putInt(train.labels().isPresent() ? 1 : 0)
            .putInt(test.labels().isPresent() ? 1 : 0)
            .array();
    return Sha256.of(
        header,
        train.pixels(),
        train.labels().orElse(NO_LABELS),
        test.pixels(),
        test.labels().orElse(NO_LABELS));
  }
}
