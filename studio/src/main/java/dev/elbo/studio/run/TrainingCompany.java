package dev.elbo.studio.run;

import dev.elbo.training.TrainingEvent;
import dev.elbo.training.TrainingRun;

/** What accompanies the trainings of a studio beside the page, such as the terminal. */
public interface TrainingCompany {
  /** Nobody. */
  TrainingCompany NONE = new TrainingCompany() {};

  /** On the training's thread: a run has begun, or goes on. */
  default void began(TrainingRun run) {}

  /** On the training's thread. */
  default void told(TrainingEvent event) {}

  /** On the training's thread: what else belongs to a finished run is drawn, before its model. */
  default void finishing(TrainingRun run) {}

  /** On the training's thread: it has ended or stopped, and all is saved. */
  default void ended(TrainingRun run, RunState state) {}
}
