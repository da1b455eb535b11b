package dev.elbo.model;

/**
 * Where the weights begin.
 *
 * @param fromSha256 digest of the weights of the model that was begun from, or empty
 */
public record StartConfig(OutputBias outputBias, String fromSha256) {

  static StartConfig of(Values values) {
    return new StartConfig(
        values.word(ConfigKey.OUTPUT_BIAS, OutputBias.values()),
        values.text(ConfigKey.FROM_SHA256));
  }
}
