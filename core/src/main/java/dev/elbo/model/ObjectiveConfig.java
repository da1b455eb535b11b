package dev.elbo.model;

/**
 * What is minimised.
 *
 * @param klWarmup epochs, or parts of one, over which β rises from zero in equal steps
 */
public record ObjectiveConfig(KlWeight klWeight, double klWarmup) {

  public ObjectiveConfig {
    ConfigKey.KL_WARMUP.require(klWarmup);
  }

  static ObjectiveConfig of(Values values) {
    return new ObjectiveConfig(
        values.has(ConfigKey.BETA)
            ? KlWeight.beta(values.number(ConfigKey.BETA))
            : KlWeight.alpha(values.number(ConfigKey.ALPHA)),
        values.number(ConfigKey.KL_WARMUP));
  }

  public ObjectiveConfig withKlWeight(KlWeight other) {
    return new ObjectiveConfig(other, klWarmup);
  }
}
