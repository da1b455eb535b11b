package dev.elbo.model;

import java.util.Locale;

/** Which lower bound training maximises. */
public enum ObjectiveKind {
  /** The evidence lower bound, its expectation by the mean of the draws. */
  ELBO,
  /** The importance-weighted bound. */
  IWAE,
  /** The same bound with the doubly reparameterised gradient. */
  DREG;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
