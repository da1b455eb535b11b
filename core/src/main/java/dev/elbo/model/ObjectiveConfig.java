package dev.elbo.model;

/** What is minimised. */
public record ObjectiveConfig(KlWeight klWeight) {

  static ObjectiveConfig of(Values values) {
    return new ObjectiveConfig(
        values.has(ConfigKey.BETA)
            ? KlWeight.beta(values.number(ConfigKey.BETA))
            : KlWeight.alpha(values.number(ConfigKey.ALPHA)));
  }

  public ObjectiveConfig withKlWeight(KlWeight other) {
    return new ObjectiveConfig(other);
  }
}
