package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.studio.explorer.TinyExplorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code elbo export} writes, opened from disk. */
@Tag("browser")
@Timeout(180)
class ExplorerInBrowserTest {
  @TempDir private static Path folder;
  private static String address;
  private static Chromium browser;
  private static Tab tab;
  private static int visits;

  @BeforeAll
  static void open() throws IOException {
    browser = Chromium.start();
    tab = new Tab(browser.devTools());
    Path file = folder.resolve("explorer.html");
    Files.writeString(file, TinyExplorer.page());
    address = file.toUri().toString();
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  /** Under an address of its own each time, so that nothing of the last visit is still there. */
  private static void openRoom(String hash) {
    tab.forget();
    String search = "?" + ++visits;
    tab.open(address + search + hash);
    tab.await(
        "location.search === '%s' && document.querySelector('[aria-current=\"page\"]')"
            .formatted(search));
  }

  private static void assertQuiet() {
    assertThat(tab.errors()).isEmpty();
    assertThat(tab.requests()).isNotEmpty().allMatch(of -> of.matches("(file|data|blob|about):.*"));
  }

  private static String summary() {
    return tab.text("document.getElementById('map-summary').textContent");
  }

  private static String walked() {
    return tab.text(
        "document.getElementById('walked').getContext('2d').getImageData(0, 0, 2, 2).data.join()");
  }

  @Test
  void theDialsDecodeWhatTheyAreTurnedTo() {
    openRoom("#/dials");
    tab.await("document.querySelectorAll('input[type=range]').length === 2");
    String pixels =
        tab.text(
            """
            (() => {
              const buttons = [...document.querySelectorAll('button')];
              buttons.find((each) => each.textContent === 'Zero').click();
              const dial = document.querySelector('input[data-dimension="0"]');
              dial.value = 1;
              dial.dispatchEvent(new Event('input'));
              const context = document.getElementById('dialled').getContext('2d');
              const data = context.getImageData(0, 0, 2, 2).data;
              return [0, 4, 8, 12].map((at) => data[at]).join();
            })()
            """);
    // σ(4·1), σ(−4·1), σ(4·0) and ½ of 255, as bytes.
    assertThat(pixels).isEqualTo("250,5,128,128");
    assertQuiet();
  }

  @Test
  void theDialsDrawFromThePrior() {
    openRoom("#/dials");
    tab.await("document.querySelectorAll('input[type=range]').length === 2");
    String dial = "document.querySelector('input[data-dimension=\"1\"]').value";
    String before = tab.text(dial);
    tab.click("[data-do=\"randomise\"]");
    tab.await(dial + " !== '" + before + "'");
    assertQuiet();
  }

  @Test
  void theMapShowsEveryPointAndTheDecodedImageUnderThePointer() {
    openRoom("#/map");
    tab.await("document.getElementById('map-summary').textContent");
    assertThat(summary()).contains("40 images");
    String before = walked();
    String map = "canvas[role=\"application\"]";
    tab.drag(tab.at(map, 0.3, 0.5), tab.at(map, 0.7, 0.5));
    assertThat(walked()).isNotEqualTo(before);
    tab.click("[data-value=\"tsne\"]");
    tab.await("document.getElementById('map-summary').textContent.startsWith('t-SNE, 40 images')");
    assertQuiet();
  }

  @Test
  void whatIsChosenOnTheMapHasItsPosterior() {
    openRoom("#/map?digit=7");
    tab.await("document.body.textContent.includes('Image 7, class 1.')");
    assertThat(tab.text("document.body.textContent"))
        .contains("The ellipse is one σ of its posterior.");
    assertQuiet();
  }

  @Test
  void whatThePolicyForbidsIsSeen() {
    openRoom("#/dials");
    tab.run("document.body.setAttribute('style', 'color: red')");
    tab.await("document.body.hasAttribute('style')");
    Tab.pause(200);
    assertThat(tab.errors()).anyMatch(of -> of.contains("Content Security Policy"));
  }
}
