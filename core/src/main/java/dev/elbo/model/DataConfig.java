package dev.elbo.model;

/**
 * What is trained on.
 *
 * @param dataset the name of the data set, or empty while none was chosen
 */
public record DataConfig(String dataset) {

  static DataConfig of(Values values) {
    return new DataConfig(values.text(ConfigKey.DATASET));
  }

  public DataConfig withDataset(String other) {
    return new DataConfig(other);
  }
}
