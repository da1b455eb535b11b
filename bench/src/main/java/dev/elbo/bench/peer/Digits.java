package dev.elbo.bench.peer;

import dev.elbo.data.Idx;
import dev.elbo.data.Images;
import dev.elbo.data.Role;
import dev.elbo.tensor.Noise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Images to train on: MNIST where it lies on this machine, else rings with as many zeros. */
public final class Digits {
  /** In place of a folder: made, not read. */
  public static final String SYNTHETIC = "";

  private static final int SIDE = 28;
  private static final int COUNT = 10_000;

  /** Rings of this width have ink on 19% of the pixels on average, as MNIST has. */
  private static final double HALF_WIDTH = 1.7;

  private static final String WAY_OUT = "give another folder with --data";

  private Digits() {}

  /** The folder itself or its {@code mnist}, whichever holds the file of this part. */
  public static Optional<Path> find(Path folder, Role role) {
    return Stream.of(folder.resolve("mnist"), folder)
        .flatMap(place -> Stream.of(role.fileName() + ".gz", role.fileName()).map(place::resolve))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * @param folder where MNIST lies, or {@link #SYNTHETIC}
   */
  public static Images load(String folder, Role role) {
    if (folder.equals(SYNTHETIC)) {
      return rings(COUNT);
    }
    return Idx.images(find(Path.of(folder), role).orElseThrow(), Optional.empty(), WAY_OUT);
  }

  /** The first images; all for 0. */
  public static Images first(Images images, int count) {
    if (count == 0 || count >= images.count()) {
      return images;
    }
    byte[] pixels = Arrays.copyOf(images.pixels(), count * images.size());
    return new Images(count, images.height(), images.width(), pixels, Optional.empty());
  }

  static Images rings(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      Noise noise = Noise.of(0).at(Noise.Purpose.PEN_DIGITS).at(i);
      double centreY = 12 + 3 * noise.uniform(0);
      double centreX = 12 + 3 * noise.uniform(1);
      double radius = 5 + 4 * noise.uniform(2);
      for (int at = 0; at < SIDE * SIDE; at++) {
        double y = at / SIDE - centreY;
        double x = at % SIDE - centreX;
        if (Math.abs(Math.sqrt(x * x + y * y) - radius) < HALF_WIDTH) {
          pixels[i * SIDE * SIDE + at] = (byte) (128 + noise.below(128, 3 + at));
        }
      }
    }
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  /** Pixels as floats in [0, 1], image after image. */
  public static float[] floats(Images images) {
    float[] values = new float[images.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (images.pixels()[i] & 0xff) / 255f;
    }
    return values;
  }
}
