package dev.elbo.training;

import dev.elbo.data.ContentHash;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.tensor.Noise;
import java.util.Optional;

/** Made-up images with something to learn: two round spots each, of varying place and size. */
public final class Blobs {
  private static final int SPOTS = 2;
  private static final int DRAWS = 3;

  private Blobs() {}

  public static DataSet dataSet(int train, int test, int height, int width) {
    return dataSet(train, test, height, width, 11);
  }

  public static DataSet dataSet(int train, int test, int height, int width, long seed) {
    Noise noise = Noise.of(seed);
    Images trainImages = images(train, height, width, noise.at(0));
    Images testImages = images(test, height, width, noise.at(1));
    String sha256 = ContentHash.of(trainImages, testImages);
    return new DataSet("blobs", trainImages, testImages, sha256, "generated");
  }

  public static Images images(int count, int height, int width, Noise noise) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < count; i++) {
      Noise image = noise.at(i);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double ink = 0;
          for (int spot = 0; spot < SPOTS; spot++) {
            double dy = (y + 0.5) / height - image.uniform(DRAWS * spot);
            double dx = (x + 0.5) / width - image.uniform(DRAWS * spot + 1);
            double radius = 0.15 + 0.2 * image.uniform(DRAWS * spot + 2);
            ink = Math.max(ink, 1 - (dx * dx + dy * dy) / (radius * radius));
          }
          pixels[(i * height + y) * width + x] = (byte) (int) (255 * ink);
        }
      }
    }
    return new Images(count, height, width, pixels, Optional.empty());
  }
}
