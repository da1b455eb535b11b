package dev.elbo.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for something that is counted, on a terminal; elsewhere nothing. */
final class CountDisplay implements IntConsumer, AutoCloseable {
  private static final int DRAW_EVERY_MILLIS = 100;
  private static final String ERASE = "\r\u001b[K";

  private final Console console;
  private final ProgressBar bar;

  CountDisplay(Console console, String what, int total) {
    this.console = console;
    this.bar =
        console.isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setUpdateIntervalMillis(DRAW_EVERY_MILLIS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(
                    new DelegatingProgressBarConsumer(
                        text -> console.err().print(ERASE + text), console.columns() - 1))
                .build()
            : null;
  }

  @Override
  public void accept(int count) {
    if (bar != null) {
      bar.stepTo(count);
    }
  }

  /** Takes the bar off the screen. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      console.err().print(ERASE);
      console.err().flush();
    }
  }
}
