package dev.elbo.model;

import dev.elbo.InputException;

/**
 * All that training depends on besides the data: with the data set's contents it determines every
 * bit of the result. Threads, paths and display are not part of it.
 *
 * @param dataset the name of the data set, or empty while none was chosen
 */
public record Config(
    VaeConfig vae,
    int batchSize,
    int epochs,
    double learningRate,
    KlWeight klWeight,
    long seed,
    String dataset) {

  static final int LARGEST_BATCH = 65_536;
  static final int MOST_EPOCHS = 1_000_000;

  public static final Config DEFAULT =
      new Config(VaeConfig.DEFAULT, 128, 25, 0.001, KlWeight.alpha(0.001), 0, "");

  public Config {
    VaeConfig.require("batch_size", batchSize, LARGEST_BATCH);
    VaeConfig.require("num_epochs", epochs, MOST_EPOCHS);
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new InputException(
          "lr: expected a number above 0, found %s; 0.001 is the default".formatted(learningRate));
    }
  }

  public double beta() {
    return klWeight.beta(vae);
  }

  public Config withVae(VaeConfig other) {
    return new Config(other, batchSize, epochs, learningRate, klWeight, seed, dataset);
  }

  public Config withEpochs(int other) {
    return new Config(vae, batchSize, other, learningRate, klWeight, seed, dataset);
  }

  public Config withDataset(String other) {
    return new Config(vae, batchSize, epochs, learningRate, klWeight, seed, other);
  }
}
