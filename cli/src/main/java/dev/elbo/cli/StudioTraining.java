package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.studio.Studio;
import dev.elbo.studio.StudioOptions;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.studio.run.RunState;
import dev.elbo.studio.run.Session;
import dev.elbo.studio.run.TrainingCompany;
import dev.elbo.studio.run.Trainings;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingEvent;
import dev.elbo.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A training that shows on the terminal and, live, on a page of this process. The page stays when
 * training has ended, until Ctrl-C: a default training is over before its curves have been looked
 * at.
 */
final class StudioTraining implements TrainingCompany {
  private final TrainingOutput output;
  private final Console console;
  private TrainingDisplay display;

  StudioTraining(TrainingOutput output, Console console) {
    this.output = output;
    this.console = console;
  }

  /**
   * Trains, then serves until Ctrl-C ends the process.
   *
   * @param opening makes the run in the folder
   * @throws InputException where the training cannot begin or go on
   */
  int train(RunFolder folder, Optional<Path> data, int threads, Supplier<TrainingRun> opening)
      throws InterruptedException {
    Path runs = folder.path().toAbsolutePath().normalize().getParent();
    Served served = start(runs, data, threads);
    Studio studio = served.studio();
    Thread drain = new Thread(studio::close, "elbo-drain");
    Runtime.getRuntime().addShutdownHook(drain);
    try {
      console.err().println("studio " + studio.address() + "#/train");
      Session session = served.trainings().begin(folder, opening);
      session.await(Long.MAX_VALUE);
      if (session.state() == RunState.FAILED) {
        throw new InputException(session.failure().orElse("training failed"));
      }
      console.say("the studio stays at " + studio.address() + " until Ctrl-C");
    } catch (InputException e) {
      Runtime.getRuntime().removeShutdownHook(drain);
      studio.close();
      throw e;
    }
    Thread.currentThread().join();
    return 0;
  }

  /** A studio and the trainings that it shows and closes. */
  private record Served(Studio studio, Trainings trainings) {}

  /** On the usual port, or where that is taken on any. */
  private Served start(Path runs, Optional<Path> data, int threads) {
    try {
      return start(StudioOptions.PORT, runs, data, threads);
    } catch (InputException taken) {
      return start(0, runs, data, threads);
    }
  }

  /** With trainings of its own: a studio that cannot start closes those that it was given. */
  private Served start(int port, Path runs, Optional<Path> data, int threads) {
    List<ModelSource> models = List.of(ModelSource.pretrained());
    Trainings trainings = new Trainings(runs, data, threads, this);
    Studio studio = Studio.start(StudioOptions.training(port, models, data, runs), trainings);
    return new Served(studio, trainings);
  }

  @Override
  public void began(TrainingRun run) {
    output.describe(run, console);
    display = new TrainingDisplay(console, run.trainer().config());
  }

  @Override
  public void told(TrainingEvent event) {
    display.accept(event);
  }

  @Override
  public void finishing(TrainingRun run) {
    display.close();
    TrainingOutput.plot(run).ifPresent(console::say);
  }

  @Override
  public void ended(TrainingRun run, RunState state) {
    display.close();
    if (state == RunState.FINISHED) {
      output.report(run);
      System.out.flush();
      return;
    }
    TrainingOutput.plot(run);
    console
        .err()
        .println(
            "%s after step %s; all is saved: the page or elbo resume %s goes on"
                .formatted(state, Numbers.grouped(run.trainer().step()), run.folder().path()));
  }
}
