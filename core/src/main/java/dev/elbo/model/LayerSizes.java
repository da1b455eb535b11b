package dev.elbo.model;

import dev.elbo.InputException;
import java.util.List;

/**
 * A stochastic layer: the hidden layers of its encoder, which its decoder mirrors, and its latent
 * dimensions.
 */
public record LayerSizes(List<Integer> hidden, int latent) {
  private static final int MOST_HIDDEN = 16;

  public LayerSizes {
    ConfigKey.LATENT_SIZE.require(latent);
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty() || hidden.size() > MOST_HIDDEN) {
      throw new InputException(
          "hidden_size: expected 1 to %d sizes, found %d; give them as 128 or 128,64"
              .formatted(MOST_HIDDEN, hidden.size()));
    }
    for (int size : hidden) {
      ConfigKey.HIDDEN_SIZE.require(size);
    }
  }

  /** How many weights the layers of an encoder on {@code in} inputs have, heads included. */
  long encoderWeights(long in, int perPair) {
    return hiddenWeights(in, perPair) + 2L * hidden.get(hidden.size() - 1) * latent;
  }

  /** Those of the decoder's hidden layers, whose input is the latent variables and more. */
  long decoderWeights(long more, int perPair) {
    long inner = hiddenWeights(0, perPair);
    return inner + perPair * (latent + more) * hidden.get(hidden.size() - 1);
  }

  private long hiddenWeights(long in, int perPair) {
    long sum = 0;
    long from = in;
    for (int size : hidden) {
      sum += perPair * from * size;
      from = size;
    }
    return sum;
  }
}
