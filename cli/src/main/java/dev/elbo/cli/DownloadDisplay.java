package dev.elbo.cli;

import dev.elbo.data.DownloadListener;
import java.net.URI;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for each file that is downloaded; elsewhere than on a terminal, a line. */
final class DownloadDisplay implements DownloadListener, AutoCloseable {
  private static final int KILOBYTE = 1024;
  private static final int DRAW_EVERY_MILLIS = 100;

  private final Console console;
  private String current = "";
  private ProgressBar bar;

  DownloadDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void received(URI mirror, String file, long received, long total) {
    String key = mirror + file;
    if (!key.equals(current)) {
      close();
      current = key;
      if (console.isTerminal()) {
        bar = bar(file, total);
      } else {
        console.say("downloading " + file + " from " + mirror.getHost());
      }
    }
    if (bar != null) {
      bar.stepTo(received);
    }
  }

  private ProgressBar bar(String file, long total) {
    return new ProgressBarBuilder()
        .setTaskName(file)
        .setInitialMax(total)
        .setUnit(" kB", KILOBYTE)
        .setUpdateIntervalMillis(DRAW_EVERY_MILLIS)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setConsumer(
            new DelegatingProgressBarConsumer(
                text -> console.err().print("\r" + text + "\u001b[K"), console.columns() - 1))
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.err().println();
    }
  }
}
