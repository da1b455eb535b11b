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
class DialsRoomTest {
  private static final String FIRST = ".dial:first-child input";

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

  private static Tab open() {
    Tab tab = studio.enter("dials");
    tab.run("sessionStorage.clear()");
    tab = studio.enter("dials");
    tab.await("document.querySelectorAll('.dial').length > 3");
    tab.await("location.hash.includes('z=')");
    return tab;
  }

  private static String image(Tab tab) {
    return tab.text(studio.pixelsOf("#dialled"));
  }

  @Test
  void aDialThatIsTurnedChangesTheImageAndUndoBringsItBack() {
    Tab tab = open();
    String before = image(tab);
    tab.drag(tab.at(FIRST, 0.5, 0.5), tab.at(FIRST, 0.95, 0.5));
    String turned = image(tab);
    assertThat(turned).isNotEqualTo(before);
    tab.click("[data-do=undo]");
    assertThat(image(tab)).isEqualTo(before);
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void dialsAreOrderedByTheNatsTheyCarry() {
    Tab tab = open();
    assertThat(
            tab.is(
                "(n => n.every((x, i) => i === 0 || x <= n[i - 1]) && n.length > 3)("
                    + "[...document.querySelectorAll('.dial-name small')].map(s => parseFloat(s.textContent)))"))
        .isTrue();
  }

  @Test
  void arrowKeysTurnADial() {
    Tab tab = open();
    String before = image(tab);
    tab.run("document.querySelector('" + FIRST + "').focus()");
    for (int i = 0; i < 12; i++) {
      tab.key("ArrowRight");
    }
    assertThat(image(tab)).isNotEqualTo(before);
  }

  @Test
  void aDrawLeavesALockedDialAlone() {
    Tab tab = open();
    tab.click(".dial:first-child .lock");
    String value = tab.text("document.querySelector('.dial:first-child .value').textContent");
    String before = image(tab);
    tab.click("[data-do=randomise]");
    Tab.pause(50);
    tab.await(
        "document.querySelector('#dialled') && !document.querySelector('[data-do=undo]').disabled");
    assertThat(image(tab)).isNotEqualTo(before);
    assertThat(tab.text("document.querySelector('.dial:first-child .value').textContent"))
        .isEqualTo(value);
    assertThat(tab.is("document.querySelector('" + FIRST + "').disabled")).isTrue();
  }

  @Test
  void theAddressKeepsTheDials() {
    Tab tab = open();
    tab.drag(tab.at(FIRST, 0.5, 0.5), tab.at(FIRST, 0.9, 0.5));
    Tab.pause(400);
    String address = tab.text("location.hash");
    tab.reload();
    tab.await("document.querySelectorAll('.dial').length > 3");
    Tab.pause(400);
    assertThat(tab.text("location.hash")).isEqualTo(address);
  }

  /** A − B + C of one image three times is that image. */
  @Test
  void imagesThatOtherRoomsSendAreTakenApartAndAddedUp() {
    open();
    Tab tab = studio.enter("draw");
    tab.await("document.querySelectorAll('.neighbour:not(:disabled)').length === 5");
    tab.run(
        "[...document.querySelectorAll('button')].find(b => b.textContent === 'Send to Dials').click()");
    tab.await("document.querySelectorAll('.tray li').length === 1");
    tab.await("document.querySelectorAll('.dial').length > 3");
    tab.await("!location.hash.includes('from=')");
    String sent = image(tab);
    for (int slot = 1; slot <= 3; slot++) {
      tab.click(".tray li:first-child .slot:nth-child(" + slot + ")");
    }
    tab.click(".dials-side [data-do=use-sum]");
    assertThat(image(tab)).isEqualTo(sent);
    assertThat(tab.text(studio.pixelsOf(".sum .term:last-child canvas"))).isEqualTo(sent);
  }
}
