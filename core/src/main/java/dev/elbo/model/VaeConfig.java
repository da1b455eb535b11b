package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.network.Activation;
import java.util.List;

/**
 * The shape of a variational autoencoder. The decoder mirrors the encoder's hidden sizes.
 *
 * @param inputSize pixels of an image
 */
public record VaeConfig(
    int inputSize,
    List<Integer> hiddenSizes,
    int latentSize,
    Activation activation,
    LikelihoodKind likelihood) {

  /** Keeps one weight matrix within 2³¹ bytes, and a slip of the keyboard out of the memory. */
  public static final int LARGEST_LAYER = 16_384;

  /** Images of up to 512×512. */
  public static final int LARGEST_INPUT = 262_144;

  private static final int MOST_LAYERS = 16;

  public static final VaeConfig DEFAULT = of(Settings.defaults().values());

  public VaeConfig {
    ConfigKey.INPUT_SIZE.require(inputSize);
    ConfigKey.LATENT_SIZE.require(latentSize);
    hiddenSizes = List.copyOf(hiddenSizes);
    if (hiddenSizes.isEmpty() || hiddenSizes.size() > MOST_LAYERS) {
      throw new InputException(
          "hidden_size: expected 1 to %d sizes, found %d; give them as 128 or 128,64"
              .formatted(MOST_LAYERS, hiddenSizes.size()));
    }
    for (int size : hiddenSizes) {
      ConfigKey.HIDDEN_SIZE.require(size);
    }
    if ((long) inputSize * hiddenSizes.get(0) > Integer.MAX_VALUE / 8) {
      throw new InputException(
          "hidden_size: expected a first layer of at most %d weights, found %d × %d; make it smaller"
              .formatted(Integer.MAX_VALUE / 8, inputSize, hiddenSizes.get(0)));
    }
  }

  static VaeConfig of(Values values) {
    return new VaeConfig(
        values.whole(ConfigKey.INPUT_SIZE),
        values.sizes(ConfigKey.HIDDEN_SIZE),
        values.whole(ConfigKey.LATENT_SIZE),
        values.word(ConfigKey.ACTIVATION, Activation.values()),
        values.word(ConfigKey.LIKELIHOOD, LikelihoodKind.values()));
  }

  /** How many weights of dense layers the model has, biases left out. */
  public long weights() {
    long sum = 0;
    int in = inputSize;
    for (int size : hiddenSizes) {
      sum += 2L * in * size; // The decoder mirrors it.
      in = size;
    }
    if (likelihood == LikelihoodKind.PIXEL_GAUSSIAN) {
      sum += (long) inputSize * hiddenSizes.get(0);
    }
    return sum + 3L * in * latentSize;
  }

  public VaeConfig withInputSize(int other) {
    return new VaeConfig(other, hiddenSizes, latentSize, activation, likelihood);
  }
}
