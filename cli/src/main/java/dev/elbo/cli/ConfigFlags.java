package dev.elbo.cli;

import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The flags of the configuration. They are taken as text, so that a value's check and its error are
 * the same whether it came from a flag, the environment or a file.
 */
final class ConfigFlags {
  private final Map<ConfigKey, Settings.Entry> given = new EnumMap<>(ConfigKey.class);

  private void put(ConfigKey key, String text) {
    given.put(key, new Settings.Entry(text.strip(), "--" + key.flag().orElseThrow()));
  }

  /** The values given, each with its flag as the source. */
  Map<ConfigKey, Settings.Entry> given() {
    return given;
  }

  @Option(
      names = "--batch-size",
      order = 2,
      paramLabel = "N",
      description = "images in a step (128)")
  void batchSize(String text) {
    put(ConfigKey.BATCH_SIZE, text);
  }

  @Option(
      names = "--epochs",
      order = 1,
      paramLabel = "N",
      description = "passes over the data (25)")
  void epochs(String text) {
    put(ConfigKey.NUM_EPOCHS, text);
  }

  @Option(
      names = "--lr",
      order = 3,
      paramLabel = "RATE",
      description = "Adam's learning rate (0.001)")
  void learningRate(String text) {
    put(ConfigKey.LR, text);
  }

  @Option(
      names = "--hidden",
      order = 4,
      paramLabel = "N[,N…]",
      description = "sizes of the encoder's hidden layers (128); the decoder mirrors them")
  void hidden(String text) {
    put(ConfigKey.HIDDEN_SIZE, text);
  }

  @Option(names = "--latent", order = 5, paramLabel = "N", description = "latent dimensions (64)")
  void latent(String text) {
    put(ConfigKey.LATENT_SIZE, text);
  }

  @Option(
      names = "--alpha",
      order = 8,
      paramLabel = "WEIGHT",
      description = "weight of the KL against the mean loss per pixel (0.001)")
  void alpha(String text) {
    put(ConfigKey.ALPHA, text);
  }

  @Option(
      names = "--beta",
      order = 9,
      paramLabel = "WEIGHT",
      description = "weight of the KL against the summed loss, instead of --alpha")
  void beta(String text) {
    put(ConfigKey.BETA, text);
  }

  @Option(
      names = "--likelihood",
      order = 7,
      paramLabel = "NAME",
      description = "bernoulli (default) or gaussian, the squared error")
  void likelihood(String text) {
    put(ConfigKey.LIKELIHOOD, text);
  }

  @Option(
      names = "--activation",
      order = 6,
      paramLabel = "NAME",
      description = "relu (default), tanh, sigmoid or softplus, in the hidden layers")
  void activation(String text) {
    put(ConfigKey.ACTIVATION, text);
  }

  @Option(
      names = "--seed",
      order = 10,
      paramLabel = "N",
      description = "of weights, order and noise (0)")
  void seed(String text) {
    put(ConfigKey.SEED, text);
  }

  @Option(
      names = "--dataset",
      order = 11,
      paramLabel = "NAME",
      description =
          "mnist (default), fashion-mnist, pen (handwriting made by the program) or folder (your own"
              + " IDX files in --data)")
  void dataset(String text) {
    put(ConfigKey.DATASET, text);
  }
}
