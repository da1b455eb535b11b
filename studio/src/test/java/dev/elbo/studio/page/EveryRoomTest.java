package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in each of the five rooms. */
@Tag("browser")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EveryRoomTest {
  private static final String FITS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

  private static final int NARROW = 360;

  private static final int WALL = 3840;

  @TempDir static Path runs;
  private static StudioInBrowser studio;

  @BeforeAll
  static void start() {
    studio = new StudioInBrowser(runs);
    studio
        .enter("train")
        .run(
            """
            (async () => {
              const { change } = await import('/js/api.js');
              await change('/runs', { config: { num_epochs: 1, latent_size: 8 }, dataset: 'pen' });
            })()
            """);
    settled("train");
  }

  @AfterAll
  static void stop() throws IOException {
    if (studio != null) {
      studio.close();
    }
  }

  /** Until a room shows what it is for; Train shows a run that has finished. */
  private static Tab settled(String room) {
    Tab tab = studio.enter(room);
    tab.await(
        switch (room) {
          case "draw" -> "document.querySelectorAll('.neighbour[data-label]').length === 5";
          case "map" ->
              "document.querySelector('#map-summary').textContent && document.querySelectorAll('.legend button').length > 2";
          case "dials" -> "document.querySelectorAll('.dial').length > 3";
          case "train" ->
              "document.querySelector('form [name=num_epochs]')"
                  + " && document.querySelector('[aria-label=\"The chosen run\"] .chip')?.textContent === 'finished'"
                  + " && document.querySelector('[aria-label^=\"KL per latent dimension: \"]')?.ariaLabel.includes('dimensions carry')"
                  + " && [...document.querySelectorAll('.epoch-picture')].every(i => i.complete && i.naturalWidth > 0)";
          default -> "document.querySelectorAll('.grid button').length >= 96";
        });
    Tab.pause(150);
    return tab;
  }

  @ParameterizedTest
  @CsvSource({
    "draw,light", "map,light", "dials,light", "train,light", "samples,light",
    "draw,dark", "map,dark", "dials,dark", "train,dark", "samples,dark"
  })
  void axeFindsNothingWorseThanMinor(String room, String colours) throws IOException {
    studio.tab().prefers(colours, true);
    Tab tab = settled(room);
    tab.run(axe() + "; true");
    String findings =
        tab.text(
            """
            axe.run(document).then(found => [`${found.passes.length > 20} checks passed`, ...found.violations
              .filter(v => v.impact !== 'minor')
              .map(v => v.impact + ' ' + v.id + ' ' + v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))].join('\\n'))
            """);
    studio.tab().prefers("light", false);
    assertThat(findings).isEqualTo("true checks passed");
  }

  private static String axe() throws IOException {
    try (InputStream in = EveryRoomTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"draw", "map", "dials", "train", "samples"})
  void nothingStandsOutOfANarrowWindowNorIsLostOnAWall(String room) {
    studio.tab().size(NARROW, 800);
    Tab tab = settled(room);
    assertThat(tab.is(FITS)).isTrue();
    assertThat(
            tab.text(
                "[...document.querySelectorAll('main *')].filter(e => e.offsetParent && e.getBoundingClientRect().right > innerWidth"
                    + " && !e.closest('.table, .map')).map(e => e.className || e.tagName).join()"))
        .isEmpty();
    tab.size(WALL, 2160);
    assertThat(tab.is(FITS)).isTrue();
    assertThat(tab.number("parseFloat(getComputedStyle(document.documentElement).fontSize)"))
        .isGreaterThan(20);
    tab.size(1280, 900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"draw", "map", "dials", "train", "samples"})
  void noErrorIsToldAndNoRequestLeavesTheMachine(String room) {
    Tab tab = settled(room);
    assertThat(tab.errors()).isEmpty();
    assertThat(tab.requests())
        .isNotEmpty()
        .allMatch(
            address ->
                address.startsWith(studio.address())
                    || address.startsWith("data:")
                    || address.startsWith("blob:")
                    || address.equals("about:blank"));
  }

  @Test
  void darknessFollowsTheSystemAndTheButtonOverrulesIt() {
    Tab tab = studio.tab();
    tab.prefers("dark", false);
    settled("draw");
    String ground = "getComputedStyle(document.body).backgroundColor";
    assertThat(tab.text(ground)).isEqualTo("rgb(19, 20, 23)");
    tab.prefers("light", false);
    tab.await(ground + " === 'rgb(246, 246, 243)'");
    tab.click("#theme");
    tab.click("#theme");
    assertThat(tab.text(ground)).isEqualTo("rgb(19, 20, 23)");
    tab.reload();
    assertThat(tab.text(ground)).isEqualTo("rgb(19, 20, 23)");
    tab.click("#theme");
    assertThat(tab.text(ground)).isEqualTo("rgb(246, 246, 243)");
  }

  @Test
  void whoWantsNoMotionSeesNone() {
    Tab tab = studio.tab();
    tab.prefers("light", true);
    settled("draw");
    assertThat(
            tab.text(
                "getComputedStyle(document.querySelector('[data-do=undo]')).transitionDuration"))
        .isIn("0s", "0s, 0s");
    tab.prefers("light", false);
  }

  /** From the top of the page, without a mouse, into another room and to its first control. */
  @Test
  void theKeyboardAloneReachesEveryRoom() {
    Tab tab = settled("draw");
    tab.run("document.activeElement.blur()");
    tab.key("Tab");
    assertThat(tab.text("document.activeElement.className")).isEqualTo("skip");
    assertThat(tab.number("document.activeElement.getBoundingClientRect().top"))
        .isGreaterThanOrEqualTo(0);
    for (int i = 0;
        i < 20 && !tab.text("document.activeElement.dataset.room").equals("samples");
        i++) {
      assertThat(tab.text("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
      tab.key("Tab");
    }
    tab.key("Enter");
    tab.await("document.querySelector('.samples-room')");
    assertThat(tab.text("document.querySelector('[aria-current=page]').textContent"))
        .isEqualTo("Samples");
    assertThat(tab.text("document.title")).isEqualTo("Samples · Elbo Studio");
  }

  @Test
  void theSkipLinkMovesTheFocusAndStaysInTheRoom() {
    Tab tab = settled("dials");
    tab.await("location.hash.includes('z=')");
    String address = tab.text("location.hash");
    tab.run("document.querySelector('.skip').focus()");
    tab.key("Enter");
    assertThat(tab.text("document.activeElement.id")).isEqualTo("room");
    Tab.pause(100);
    assertThat(tab.text("location.hash")).isEqualTo(address);
    assertThat(tab.is("document.querySelector('.dials-room')")).isTrue();
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void aModelThatIsNotThereFallsBackToTheFirst() {
    Tab tab = studio.enter("draw?model=nobody");
    tab.await("document.querySelectorAll('.neighbour[data-label]').length === 5");
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsToldInASentenceWithAWayOn() {
    Tab tab = settled("draw");
    tab.run("window.fetch = () => Promise.reject(new TypeError('gone'))");
    tab.click("[data-do=example]");
    tab.await("!document.querySelector('.pad-column .trouble').hidden");
    assertThat(tab.text("document.querySelector('.pad-column .trouble').textContent"))
        .isEqualTo("The server does not answer. Is elbo studio still running?");
  }
}
