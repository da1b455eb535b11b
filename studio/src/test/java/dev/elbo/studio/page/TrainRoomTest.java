package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * In this order: one training is begun, paused, gone on with, and looked at again after a restart.
 */
@Tag("browser")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainRoomTest {
  private static final String LOSS =
      "document.querySelector('.three canvas')?.getAttribute('aria-label')";

  private static final String ROWS = "document.querySelectorAll('.table tbody tr').length";

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
    Tab tab = studio.enter("train");
    tab.await("document.querySelector('form [name=num_epochs]')");
    return tab;
  }

  private static void type(Tab tab, String name, String value) {
    tab.run(
        "(i => { i.value = '%s'; i.dispatchEvent(new Event('input', { bubbles: true })); i.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('form [name=%s]'))"
            .formatted(value, name));
  }

  private static String value(String name) {
    return "document.querySelector('form [name=" + name + "]').value";
  }

  private static void press(Tab tab, String text) {
    String found =
        "[...document.querySelectorAll('button')].find(b => b.textContent === '"
            + text
            + "' && b.offsetParent)";
    tab.await(found);
    tab.run(found + ".click()");
  }

  private static void awaitState(Tab tab, String state) {
    tab.await(
        "document.querySelector('[aria-label=\"The chosen run\"] .chip')?.textContent === '"
            + state
            + "'");
  }

  @Test
  @Order(1)
  void alphaBetaAndSigmaFollowOneAnotherAsTheyAreTyped() {
    Tab tab = open();
    tab.await(value("beta") + " === '0.784'");
    assertThat(tab.is("document.querySelector('form [name=sigma]').disabled")).isTrue();
    type(tab, "likelihood", "gaussian");
    tab.await(value("beta") + " === '0.392'");
    tab.await(value("sigma") + " === '0.6261'");
    type(tab, "sigma", "0.5");
    tab.await(value("beta") + " === '0.25'");
    type(tab, "beta", "1");
    tab.await(value("sigma") + " === '1'");
  }

  @Test
  @Order(2)
  void aValueThatCannotBeIsRefusedBesideItsField() {
    Tab tab = open();
    type(tab, "batch_size", "0");
    press(tab, "Start training");
    tab.await("document.querySelector('[data-key=batch_size] .trouble')?.textContent");
    assertThat(tab.text("document.querySelector('[data-key=batch_size] .trouble').textContent"))
        .contains("batch_size")
        .contains("65536");
    assertThat(tab.text("document.activeElement.name")).isEqualTo("batch_size");
  }

  @Test
  @Order(2)
  void aWeightThatCannotBeIsRefusedBesideItsFieldAndStartsNothing() {
    Tab tab = open();
    type(tab, "likelihood", "gaussian");
    tab.await(value("sigma") + " === '0.6261'");
    for (String wrong : new String[] {"", "-1", "0", "half"}) {
      type(tab, "sigma", wrong);
      press(tab, "Start training");
      assertThat(tab.text("document.querySelector('.kl-weight .trouble').textContent"))
          .isEqualTo(
              "sigma is "
                  + (wrong.isEmpty() ? "empty" : wrong)
                  + "; expected a number above 0, such as 0.5.");
      assertThat(tab.text("document.activeElement.name")).isEqualTo("sigma");
    }
    type(tab, "beta", "-2");
    press(tab, "Start training");
    assertThat(tab.text("document.querySelector('.kl-weight .trouble').textContent"))
        .isEqualTo("beta is -2; expected a number of 0 or more, such as 1.");
    assertThat(tab.requests()).noneMatch(address -> address.contains("beta=-2"));
    assertThat(tab.number("document.querySelectorAll('.runs li').length")).isEqualTo(0);
  }

  @Test
  @Order(3)
  void twoEpochsOfPenDigitsAreWatchedPausedReloadedAndGoneOnWith() {
    Tab tab = open();
    tab.forget();
    type(tab, "dataset", "pen");
    type(tab, "num_epochs", "2");
    type(tab, "batch_size", "16");
    press(tab, "Start training");
    awaitState(tab, "training");
    tab.run("window.row = document.querySelector('.runs button')");
    tab.await(ROWS + " === 1");
    assertThat(tab.is("window.row.isConnected")).as("the run's line is the same").isTrue();
    press(tab, "Pause");
    awaitState(tab, "paused");
    String curve = tab.text(LOSS);
    assertThat(curve).contains("Loss in nats per image: train ").contains("at epoch 1");
    tab.reload();
    awaitState(tab, "paused");
    tab.await(ROWS + " === 1");
    press(tab, "Resume");
    awaitState(tab, "finished");
    tab.await(ROWS + " === 2");
    tab.await(LOSS + ".includes('at epoch 2')");
    tab.await(
        "[...document.querySelectorAll('.epoch-picture')].every(i => i.complete && i.naturalWidth > 0)");
    assertThat(tab.number("Number(document.querySelector('#epoch-slider').max)")).isEqualTo(1);
    assertThat(
            tab.text(
                "document.querySelector('[aria-label^=\"KL per latent dimension:\"]').getAttribute('aria-label')"))
        .contains("dimensions carry more than");
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  @Order(4)
  void picturesAreScrubbedThroughTheEpochs() {
    Tab tab = open();
    tab.await("document.querySelector('#epoch-slider')?.offsetParent");
    tab.run("document.querySelector('#epoch-slider').focus()");
    tab.key("ArrowLeft");
    tab.await(
        "[...document.querySelectorAll('.epoch-picture')].every(i => i.src.includes('/epochs/1/'))");
  }

  /** A new server has a new token, which the open page fetches for itself. */
  @Test
  @Order(5)
  void theOpenPageOutlivesARestartOfTheServer() {
    Tab tab = open();
    awaitState(tab, "finished");
    studio.restart();
    tab.await("fetch('healthz').then(r => r.ok, () => false)");
    type(tab, "dataset", "pen");
    type(tab, "num_epochs", "1");
    press(tab, "Start training");
    tab.await("document.querySelectorAll('.runs li').length === 2");
    awaitState(tab, "finished");
  }

  /** A browser keeps six connections to one server: a run that has ended must not hold one. */
  @Test
  @Order(6)
  void aRunThatHasEndedGivesItsConnectionBackAndKeepsWhatItTold() {
    Tab tab = open();
    tab.run(
        "window.sources = []; window.EventSource = class extends EventSource { constructor(...to) { super(...to); window.sources.push(this); } }");
    tab.click(".runs li:nth-child(2) .run");
    tab.await("window.sources.length === 1");
    tab.await("window.sources[0].readyState === EventSource.CLOSED");
    awaitState(tab, "finished");
    assertThat(
            tab.is(
                "document.querySelector('[aria-label^=\"KL per latent dimension: \"]').ariaLabel.includes('carry')"))
        .isTrue();
  }

  @Test
  @Order(6)
  void oneRunIsLaidOverAnother() {
    Tab tab = open();
    tab.await("document.querySelectorAll('.runs li').length === 2");
    tab.click(".runs input:not(:disabled)");
    tab.await("document.querySelectorAll('.key span').length === 4");
    tab.await("/train .*test .*train .*test /.test(" + LOSS + ")");
    assertThat(tab.errors()).isEmpty();
  }
}
