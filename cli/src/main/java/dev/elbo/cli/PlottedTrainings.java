package dev.elbo.cli;

import dev.elbo.studio.run.RunState;
import dev.elbo.studio.run.TrainingCompany;
import dev.elbo.training.TrainingRun;

/** Runs that the page starts get the plot of their loss as those of the terminal do. */
final class PlottedTrainings implements TrainingCompany {
  @Override
  public void finishing(TrainingRun run) {
    TrainingOutput.plot(run);
  }

  @Override
  public void ended(TrainingRun run, RunState state) {
    if (state != RunState.FINISHED) {
      TrainingOutput.plot(run);
    }
  }
}
