package dev.elbo.model;

import dev.elbo.data.Binarization;

/**
 * What is trained on.
 *
 * @param dataset the name of the data set, or empty while none was chosen
 * @param validation how many images of the training set are held out
 */
public record DataConfig(String dataset, Binarization binarization, int validation) {

  public DataConfig {
    ConfigKey.VALIDATION.require(validation);
  }

  static DataConfig of(Values values) {
    return new DataConfig(
        values.text(ConfigKey.DATASET),
        values.word(ConfigKey.BINARIZATION, Binarization.values()),
        values.whole(ConfigKey.VALIDATION));
  }

  public DataConfig withDataset(String other) {
    return new DataConfig(other, binarization, validation);
  }
}
