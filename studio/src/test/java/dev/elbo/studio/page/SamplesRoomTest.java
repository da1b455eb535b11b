package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SamplesRoomTest {
  private static final String COUNT = "document.querySelectorAll('.grid button').length";
  private static final String FIRST = ".grid button:first-child canvas";

  @TempDir static Path runs;
  private static StudioInBrowser studio;

  @BeforeAll
  static void start() {
    studio = new StudioInBrowser(runs);
  }

  @AfterAll
  static void stop() throws IOException {
    if (studio != null) {
      studio.close();
    }
  }

  private static Tab open(String parameters) {
    Tab tab = studio.enter("samples" + parameters);
    tab.await(COUNT + " >= 96");
    return tab;
  }

  @Test
  void theGridHasNoEnd() {
    Tab tab = open("");
    Tab.pause(500);
    double first = tab.number(COUNT);
    tab.run("scrollTo(0, document.body.scrollHeight)");
    tab.await(COUNT + " > " + first);
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void aSeedGivesTheSameImagesAndAnotherSeedOthers() {
    String zero = open("?seed=5").text(studio.pixelsOf(FIRST));
    assertThat(open("?seed=5").text(studio.pixelsOf(FIRST))).isEqualTo(zero);
    assertThat(open("?seed=6").text(studio.pixelsOf(FIRST))).isNotEqualTo(zero);
  }

  @Test
  void aSampleThatIsPressedGoesToDials() {
    Tab tab = open("?seed=5");
    String pressed = tab.text(studio.pixelsOf(FIRST));
    tab.click(".grid button:first-child");
    tab.await("document.querySelectorAll('.dial').length > 3 && location.hash.includes('z=')");
    // The code travels in steps of 1/4096 at most: a grey value may round otherwise.
    assertThat(
            tab.number(
                "(([a, b]) => Math.max(...a.map((v, i) => Math.abs(v - b[i]))))([`%s`, %s].map(t => t.split(',').map(Number)))"
                    .formatted(pressed, studio.pixelsOf("#dialled"))))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void arrowKeysWalkThroughTheGrid() {
    Tab tab = open("");
    tab.run("document.querySelector('.grid button').focus()");
    tab.key("ArrowRight");
    assertThat(tab.text("document.activeElement.dataset.number")).isEqualTo("1");
    tab.key("ArrowDown");
    assertThat(tab.number("Number(document.activeElement.dataset.number)")).isGreaterThan(2);
  }

  @Test
  void thePriorKnowsNoClasses() {
    Tab tab = open("?sampler=prior&label=3");
    assertThat(tab.is("document.querySelector('[aria-label=Class]').disabled")).isTrue();
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void theSamplesAreSavedAsOnePng() {
    Tab tab = open("?seed=5");
    tab.run(
        "HTMLAnchorElement.prototype.click = function () { window.saved = this.download;"
            + " window.picture = new Image(); window.picture.src = this.href; }");
    tab.click("[data-do=save]");
    tab.await("window.picture?.naturalWidth > 200");
    assertThat(tab.text("window.saved")).isEqualTo("samples-mixture-seed-5.png");
  }
}
