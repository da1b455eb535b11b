package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Numbers;

/**
 * What is minimised.
 *
 * @param klWarmup epochs, or parts of one, over which β rises from zero in equal steps
 * @param samples draws of z for each image in a step
 * @param freeBits nats of each latent dimension that cost nothing
 */
public record ObjectiveConfig(
    KlWeight klWeight, double klWarmup, ObjectiveKind kind, int samples, double freeBits) {

  public ObjectiveConfig {
    ConfigKey.KL_WARMUP.require(klWarmup);
    ConfigKey.SAMPLES.require(samples);
    ConfigKey.FREE_BITS.require(freeBits);
    if (freeBits > 0 && (kind != ObjectiveKind.ELBO || samples > 1)) {
      throw new InputException(
          "free_bits: expected 0 with objective %s and samples %d, found %s; they go with elbo and one sample"
              .formatted(kind, samples, Numbers.text(freeBits)));
    }
  }

  static ObjectiveConfig of(Values values) {
    return new ObjectiveConfig(
        values.has(ConfigKey.BETA)
            ? KlWeight.beta(values.number(ConfigKey.BETA))
            : KlWeight.alpha(values.number(ConfigKey.ALPHA)),
        values.number(ConfigKey.KL_WARMUP),
        values.word(ConfigKey.OBJECTIVE, ObjectiveKind.values()),
        values.whole(ConfigKey.SAMPLES),
        values.number(ConfigKey.FREE_BITS));
  }

  public ObjectiveConfig withKlWeight(KlWeight other) {
    return new ObjectiveConfig(other, klWarmup, kind, samples, freeBits);
  }
}
