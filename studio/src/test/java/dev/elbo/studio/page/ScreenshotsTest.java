package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the five rooms that the README shows; they come to {@code target/screenshots}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScreenshotsTest {
  private static final Path FOLDER = Path.of("target", "screenshots");

  /** A picture in a README is no film. */
  private static final int MOST_BYTES = 300_000;

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
    assertThat(picture.length).as(name).isBetween(20_000, MOST_BYTES);
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve("studio-" + name + ".png"), picture);
  }

  private static void draw(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("draw");
    tab.await("document.querySelectorAll('.neighbour[data-label]').length === 5");
    tab.drag(
        tab.at(".pad", 0.68, 0.26),
        tab.at(".pad", 0.5, 0.2),
        tab.at(".pad", 0.34, 0.33),
        tab.at(".pad", 0.5, 0.48),
        tab.at(".pad", 0.66, 0.62),
        tab.at(".pad", 0.52, 0.8),
        tab.at(".pad", 0.35, 0.68),
        tab.at(".pad", 0.5, 0.48),
        tab.at(".pad", 0.66, 0.27));
    tab.await("location.hash.includes('strokes=')");
    tab.run("scrollTo(0, 0)");
    take(tab, "draw");
  }

  private static void map(StudioInBrowser studio) throws IOException {
    Tab tab = studio.enter("map?digit=18");
    tab.await("document.querySelector('.beside')?.innerText.includes('ellipse')");
    tab.await("document.querySelector('#map-summary').textContent.includes('Trustworthiness')");
    tab.drag(tab.at(".map", 0.4, 0.5), tab.at(".map", 0.55, 0.3));
    tab.move(tab.at(".map", 0.45, 0.55));
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
