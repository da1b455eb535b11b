package dev.elbo.model;

/**
 * The prior p(z).
 *
 * @param pseudoInputs the components of a VampPrior
 */
public record PriorConfig(PriorKind kind, int pseudoInputs) {
  public PriorConfig {
    ConfigKey.PSEUDO_INPUTS.require(pseudoInputs);
  }

  static PriorConfig of(Values values) {
    return new PriorConfig(
        values.word(ConfigKey.PRIOR, PriorKind.values()), values.whole(ConfigKey.PSEUDO_INPUTS));
  }

  boolean isVamp() {
    return kind == PriorKind.VAMP;
  }
}
