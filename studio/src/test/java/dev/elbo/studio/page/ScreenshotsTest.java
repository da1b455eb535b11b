package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the five rooms that the README shows; they come to {@code target/screenshots}.
 */
@Tag("slow")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ScreenshotsTest {
  private static final Path FOLDER = Path.of("target", "screenshots");

  /** A picture in a README is no film. */
  private static final int MOST_BYTES = 300_000;

  /** Places along an eight. */
  private static final int EIGHT = 30;

  private static final String TSNE =
      "document.querySelector('#map-summary').textContent.includes('t-SNE')";

  private static final Duration LONGEST_TSNE = Duration.ofMinutes(4);

  @TempDir Path runs;

  @Test
  void theFiveRoomsAreTaken() throws IOException {
    try (StudioInBrowser studio = new StudioInBrowser(runs)) {
      studio.tab().prefers("light", true);
      studio.tab().size(1280, 800);
      draw(studio);
      map(studio);
      dials(studio);
      samples(studio);
      train(studio);
    }
  }

  private static void take(Tab tab, String name) throws IOException {
    Tab.pause(600);
    byte[] picture = tab.screenshot();
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve("studio-" + name + ".png"), picture);
    assertThat(picture.length).as(name).isBetween(20_000, MOST_BYTES);
  }

  private static void draw(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("draw");
    tab.await("document.querySelectorAll('.neighbour[data-label]').length === 5");
    double[][] eight = new double[EIGHT][];
    for (int i = 0; i < EIGHT; i++) {
      double t = 2 * Math.PI * i / (EIGHT - 1) + 0.5;
      double across = 0.5 + 0.17 * Math.sin(2 * t) + 0.05 * Math.cos(t);
      eight[i] = tab.at(".pad", across, 0.5 - 0.31 * Math.cos(t));
    }
    tab.drag(eight);
    tab.await("location.hash.includes('strokes=')");
    tab.run("scrollTo(0, 0)");
    take(tab, "draw");
  }

  private static void map(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("map");
    tab.await("document.querySelector('#map-summary').textContent");
    tab.click("[data-value=tsne]");
    tab.run("document.querySelector('.tsne button').click()");
    tab.await(TSNE, LONGEST_TSNE);
    tab = studio.enter("map?view=tsne&digit=61");
    tab.await("document.querySelector('.beside')?.innerText.includes('ellipse')");
    tab.drag(tab.at(".map", 0.5, 0.5), tab.at(".map", 0.56, 0.36));
    tab.move(tab.at(".map", 0.72, 0.6));
    tab.run("scrollTo(0, 0)");
    take(tab, "map");
  }

  private static void dials(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("draw?digit=15");
    tab.await("document.querySelectorAll('.neighbour[data-label]').length === 5");
    tab.run(
        "[...document.querySelectorAll('button')].find(b => b.textContent === 'Send to Dials').click()");
    tab.await("document.querySelectorAll('.dial').length > 3");
    take(tab, "dials");
  }

  private static void samples(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("samples");
    tab.await("document.querySelectorAll('.grid button').length >= 96");
    take(tab, "samples");
  }

  private static void train(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("train");
    tab.await("document.querySelector('form [name=num_epochs]')");
    tab.run("document.querySelector('form [name=dataset]').value = 'pen'");
    tab.run("document.querySelector('form [name=num_epochs]').value = '8'");
    tab.run("document.querySelector('form button').click()");
    tab.await("document.querySelectorAll('.table tbody tr').length >= 5");
    tab.size(1280, 1080);
    take(tab, "train");
  }
}
