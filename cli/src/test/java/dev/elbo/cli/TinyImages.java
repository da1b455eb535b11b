package dev.elbo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A folder of small images in IDX files under MNIST's names: bars at four places, four classes. */
final class TinyImages {
  static final int SIDE = 8;
  static final int TRAIN = 300;
  static final int TEST = 60;
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private TinyImages() {}

  static Path write(Path folder) throws IOException {
    return write(folder, SIDE, 0);
  }

  /** Another {@code shade} is other data of the same sizes. */
  static Path write(Path folder, int side, int shade) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TRAIN_IMAGES), images(TRAIN, side, shade));
    Files.write(folder.resolve(TRAIN_LABELS), labels(TRAIN));
    Files.write(folder.resolve(TEST_IMAGES), images(TEST, side, shade + 1));
    Files.write(folder.resolve(TEST_LABELS), labels(TEST));
    return folder;
  }

  static byte[] images(int count, int side, int shade) {
    ByteBuffer idx = ByteBuffer.allocate(16 + count * side * side);
    idx.putInt(0x803).putInt(count).putInt(side).putInt(side);
    for (int i = 0; i < count; i++) {
      for (int pixel = 0; pixel < side * side; pixel++) {
        boolean bar = pixel / side * 4 / side == i % 4;
        idx.put((byte) (bar ? 255 - (i * 7 + pixel * 3 + shade) % 64 : 0));
      }
    }
    return idx.array();
  }

  static byte[] labels(int count) {
    ByteBuffer idx = ByteBuffer.allocate(8 + count);
    idx.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      idx.put((byte) (i % 4));
    }
    return idx.array();
  }

  static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
