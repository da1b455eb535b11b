package dev.elbo.model;

import java.util.Locale;

/** How the learning rate runs over a training. */
public enum ScheduleKind {
  CONSTANT,
  /** Half a cosine, from the whole rate to zero at the end. */
  COSINE,
  /** Times a factor after each of some epochs. */
  STEPS,
  /**
   * Burda et al. 2015: the rate times 10^(−i/7) for 3^i of 3,280 parts of the training, i = 0 … 7.
   * Theirs has 3,280 epochs.
   */
  BURDA;

  /** Whether the rate of a step depends on how many epochs there are in all. */
  public boolean dependsOnTheEnd() {
    return this == COSINE || this == BURDA;
  }

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
