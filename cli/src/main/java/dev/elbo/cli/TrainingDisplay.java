package dev.elbo.cli;

import dev.elbo.model.Config;
import dev.elbo.training.TrainingEvent;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * A training on the screen: on a terminal a bar that follows the steps, everywhere a line for each
 * epoch.
 */
final class TrainingDisplay implements Consumer<TrainingEvent>, AutoCloseable {
  private static final int DRAW_EVERY_MILLIS = 100;
  private static final String ERASE = "\r\u001b[K";

  private final Console console;
  private final int epochs;
  private final String kl;
  private ProgressBar bar;
  private volatile TrainingEvent.Progress latest;

  TrainingDisplay(Console console, Config config) {
    this.console = console;
    this.epochs = config.epochs();
    this.kl = config.vae().klName();
  }

  @Override
  public void accept(TrainingEvent event) {
    if (console.isQuiet()) {
      return;
    }
    if (event instanceof TrainingEvent.Progress progress) {
      follow(progress);
    } else if (event instanceof TrainingEvent.EpochDone done) {
      close();
      console.say(EpochLine.of(done.metrics(), epochs, kl, width()));
    } else if (event instanceof TrainingEvent.Warning warning) {
      console.say("warning: " + warning.text());
    }
  }

  /** A terminal's lines fit it; elsewhere they are as long as they like. */
  private int width() {
    return console.isTerminal() ? console.columns() : Integer.MAX_VALUE;
  }

  private void follow(TrainingEvent.Progress progress) {
    latest = progress;
    if (!console.isTerminal()) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setInitialMax(progress.stepsPerEpoch())
              .setUpdateIntervalMillis(DRAW_EVERY_MILLIS)
              .setRenderer((state, length) -> ProgressLine.of(latest, length))
              .setConsumer(
                  new DelegatingProgressBarConsumer(
                      text -> console.err().print(ERASE + text), console.columns() - 1))
              .build();
    }
    bar.stepTo(progress.stepInEpoch());
  }

  /** Takes the bar off the screen. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.err().print(ERASE);
      console.err().flush();
    }
  }
}
