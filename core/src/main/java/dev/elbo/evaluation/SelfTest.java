package dev.elbo.evaluation;

import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.NonFiniteException;
import java.util.Optional;

/**
 * A model's ELBO on a few made-up images: a function of its weights alone, the same bits wherever
 * it is computed. Training stores it in the model file; a server that arrives at the same number
 * computes as the machine did that trained.
 */
public final class SelfTest {
  /** The name under which the figures of a model file have it. */
  public static final String FIGURE = "self_test_elbo";

  private static final int IMAGES = 16;
  private static final int LEVELS = 256;

  /** One pixel of so many is not empty, about as in digits. */
  private static final int PIXELS_PER_INK = 4;

  private SelfTest() {}

  /**
   * In nats per image.
   *
   * @throws NonFiniteException where a value on the way is NaN or infinite
   */
  public static double elbo(Vae vae, int height, int width, Kernels kernels) {
    Images images = images(height, width, vae.config().labels());
    return new TestBound(vae, images, 0, kernels, new Team(1)).measure().elbo();
  }

  /** Scattered ink of all levels. */
  static Images images(int height, int width, LabelConfig classes) {
    int size = height * width;
    byte[] pixels = new byte[IMAGES * size];
    byte[] labels = new byte[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      Noise noise = Noise.of(0).at(i);
      for (int j = 0; j < size; j++) {
        int draw = noise.below(PIXELS_PER_INK * LEVELS, j);
        pixels[i * size + j] = (byte) (draw < LEVELS ? draw : 0);
      }
      labels[i] = (byte) (i % classes.classes());
    }
    return new Images(IMAGES, height, width, pixels, Optional.of(labels));
  }
}
