package dev.elbo.studio.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file, opened from disk in a headless Chromium. */
@Timeout(180)
class ExplorerInBrowserTest {
  @TempDir private static Path folder;
  private static Path page;
  private static Chromium browser;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(Chromium.isInstalled(), "chromedriver is not installed");
    page = folder.resolve("explorer.html");
    Files.writeString(page, ExplorerPage.of(TinyExplorer.content(), TinyExplorer.NAME));
    browser = new Chromium(folder.resolve("profile"));
  }

  @AfterAll
  static void close() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void openRoom(String hash) throws InterruptedException {
    browser.open(page);
    browser.run("location.hash = '" + hash + "'");
    browser.await("return document.querySelector('[aria-current=\"page\"]') !== null");
  }

  @Test
  void anErrorOfThePageWouldBeSeen() throws InterruptedException {
    openRoom("#/dials");
    browser.run("document.body.setAttribute('style', 'color: red')");
    browser.run("setTimeout(() => { throw new Error('on purpose'); }, 0)");
    browser.await("return new Promise((seen) => setTimeout(() => seen(true), 100))");
    assertThat(browser.errors())
        .hasSize(2)
        .anyMatch(of -> of.contains("Content Security Policy"))
        .anyMatch(of -> of.contains("on purpose"));
  }

  private static void assertQuiet() {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(of -> of.matches("(file|data|blob|chrome):.*"));
  }

  @Test
  void theDialsDecodeWhatTheyAreTurnedTo() throws InterruptedException {
    openRoom("#/dials");
    browser.await("return document.querySelectorAll('input[type=range]').length === 2");
    // σ(4·1) and σ(−4·1) and σ(4·0) and ½ of 255, as bytes.
    String pixels =
        browser
            .run(
                """
                const buttons = [...document.querySelectorAll('button')];
                buttons.find((button) => button.textContent === 'Zero').click();
                const dial = document.querySelector('input[data-dimension="0"]');
                dial.value = 1;
                dial.dispatchEvent(new Event('input'));
                const canvas = document.getElementById('dialled');
                const data = canvas.getContext('2d').getImageData(0, 0, 2, 2).data;
                return [0, 4, 8, 12].map((at) => data[at]).join();
                """)
            .asText();
    assertThat(pixels).isEqualTo("250,5,128,128");
    assertQuiet();
  }

  @Test
  void theMapShowsEveryPointAndTheDecodedImageUnderThePointer() throws InterruptedException {
    openRoom("#/map");
    browser.await("return document.getElementById('map-summary').textContent !== ''");
    assertThat(browser.run("return document.getElementById('map-summary').textContent").asText())
        .contains("40 images");
    String before = walked();
    browser.run(
        """
        const map = document.querySelector('canvas[role="application"]');
        map.focus();
        for (let k = 0; k < 5; k++) map.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        """);
    assertThat(walked()).isNotEqualTo(before);
    browser.run("document.querySelector('[data-value=\"tsne\"]').click()");
    browser.await(
        "return document.getElementById('map-summary').textContent.startsWith('t-SNE, 40 images')");
    assertQuiet();
  }

  @Test
  void whatIsChosenOnTheMapHasItsPosterior() throws InterruptedException {
    openRoom("#/map?digit=7");
    browser.await("return document.body.textContent.includes('Image 7, class 1.')");
    assertThat(browser.run("return document.body.textContent").asText())
        .contains("The ellipse is one σ of its posterior.");
    assertQuiet();
  }

  private static String walked() {
    return browser
        .run(
            """
            const canvas = document.getElementById('walked');
            return canvas.getContext('2d').getImageData(0, 0, 2, 2).data.join();
            """)
        .asText();
  }
}
