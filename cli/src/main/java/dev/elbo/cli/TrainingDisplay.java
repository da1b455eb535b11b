package dev.elbo.cli;

import dev.elbo.Numbers;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.TrainingEvent;
import java.time.Duration;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/**
 * A training on the screen: on a terminal a bar that follows the steps, everywhere a line for each
 * epoch.
 */
final class TrainingDisplay implements Consumer<TrainingEvent>, AutoCloseable {
  private static final int BAR = 16;
  private static final String ERASE = "\r\u001b[K";

  private final Console console;
  private final int epochs;
  private ProgressBar bar;
  private volatile TrainingEvent.Progress latest;

  TrainingDisplay(Console console, int epochs) {
    this.console = console;
    this.epochs = epochs;
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
      console.say(line(done.metrics(), epochs));
    }
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
              .setRenderer((state, length) -> cut(render(state), length))
              .setConsumer(
                  new DelegatingProgressBarConsumer(
                      text -> console.err().print(ERASE + text), console.columns() - 1))
              .build();
    }
    bar.stepTo(progress.stepInEpoch());
  }

  private String render(ProgressState state) {
    TrainingEvent.Progress progress = latest;
    int filled = progress.stepInEpoch() * BAR / progress.stepsPerEpoch();
    EpochMetrics.TrainFigures train = progress.train();
    return "epoch %s/%d %s%s step %d/%d %s images/s loss %s reconstruction %s KL %s, %s left"
        .formatted(
            padded(progress.epoch(), progress.epochs()),
            progress.epochs(),
            "█".repeat(filled),
            "░".repeat(BAR - filled),
            progress.stepInEpoch(),
            progress.stepsPerEpoch(),
            Numbers.grouped(Math.round(progress.imagesPerSecond())),
            Numbers.fixed(train.loss(), 2),
            Numbers.fixed(train.reconstruction(), 2),
            Numbers.fixed(train.kl(), 2),
            left(progress));
  }

  /** At the speed of the last steps; the test set's share of the time is not counted. */
  private static String left(TrainingEvent.Progress progress) {
    double epochs =
        progress.epochs() - progress.epoch() + 1.0
            - (double) progress.stepInEpoch() / progress.stepsPerEpoch();
    double seconds = epochs * progress.imagesPerEpoch() / progress.imagesPerSecond();
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  /** {@code epoch  3/25  train 118.07 …} */
  static String line(EpochMetrics metrics, int epochs) {
    return ("epoch %s/%d  train loss %s (reconstruction %s, KL %s)  test loss %s"
            + " (reconstruction %s, KL %s), MSE %s, %d active  %s images/s")
        .formatted(
            padded(metrics.epoch(), epochs),
            epochs,
            Numbers.fixed(metrics.train().loss(), 2),
            Numbers.fixed(metrics.train().reconstruction(), 2),
            Numbers.fixed(metrics.train().kl(), 2),
            Numbers.fixed(metrics.testLoss(), 2),
            Numbers.fixed(metrics.test().reconstruction(), 2),
            Numbers.fixed(metrics.test().kl(), 2),
            Numbers.fixed(metrics.test().mse(), 5),
            metrics.test().activeUnits(),
            Numbers.grouped(Math.round(metrics.imagesPerSecond())));
  }

  private static String padded(int epoch, int epochs) {
    String text = String.valueOf(epoch);
    return " ".repeat(String.valueOf(epochs).length() - text.length()) + text;
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
