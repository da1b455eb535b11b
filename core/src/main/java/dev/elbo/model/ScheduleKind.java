package dev.elbo.model;

import java.util.Locale;

/** How the learning rate runs over a training. */
public enum ScheduleKind {
  CONSTANT,
  /** Half a cosine, from the whole rate to zero at the end. */
  COSINE,
  /** Times a factor after each of some epochs. */
  STEPS,
  /** Burda et al. 2015: the rate times 10^(−i/7) for 3^i epochs, i = 0 … 7; 3,280 in all. */
  BURDA;

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
