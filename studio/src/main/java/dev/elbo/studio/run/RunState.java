package dev.elbo.studio.run;

import java.util.Locale;

/** What becomes of a run. */
public enum RunState {
  /** By this process or another. */
  TRAINING,
  /** Stopped and saved from here, to go on soon. */
  PAUSED,
  FINISHED,
  /** Saved, and nobody trains it: resuming goes on to the same bytes. */
  STOPPED,
  /** A value was not finite any more, or the run could not be written. */
  FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
