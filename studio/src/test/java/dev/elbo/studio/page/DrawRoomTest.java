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
class DrawRoomTest {
  private static final String FIRST_FOUND =
      "document.querySelectorAll('.neighbour[data-label]').length === 5";

  /** Of the pair "what the model sees" and "what it makes of it". */
  private static final String SEEN = ".pair figure:nth-child(1) canvas";

  private static final String MADE = ".pair figure:nth-child(2) canvas";

  /** Grey values; a reconstruction of a clear digit differs less, one of another digit more. */
  private static final double NEAR = 30;

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

  /** A seven by two strokes of the mouse, and the answer to it. */
  private static Tab drawSeven() {
    Tab tab = studio.enter("draw");
    tab.await(FIRST_FOUND);
    tab.click("[data-do=clear]");
    tab.await("document.querySelectorAll('.neighbour:disabled').length === 5");
    tab.drag(tab.at(".pad", 0.27, 0.26), tab.at(".pad", 0.72, 0.25), tab.at(".pad", 0.46, 0.8));
    tab.await("document.querySelectorAll('.neighbour:not(:disabled)').length === 5");
    tab.await("location.hash.includes('strokes=')");
    Tab.pause(300);
    return tab;
  }

  private static double differenceOf(Tab tab) {
    return tab.number(
        "(([a, b]) => a.reduce((sum, v, i) => sum + Math.abs(v - b[i]), 0) / a.length)(["
            + studio.pixelsOf(SEEN)
            + ","
            + studio.pixelsOf(MADE)
            + "].map(text => text.split(',').map(Number)))");
  }

  @Test
  void aDrawnSevenIsReconstructedAndItsNearestImagesAreMostlySevens() {
    Tab tab = drawSeven();
    assertThat(
            tab.number(
                "[...document.querySelectorAll('.neighbour')].filter(n => n.dataset.label === '7').length"))
        .isGreaterThanOrEqualTo(3);
    assertThat(differenceOf(tab)).isLessThan(NEAR);
    assertThat(
            tab.number(
                "[...document.querySelectorAll('.eight canvas')].filter(c =>"
                    + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 === 0 && v > 128)).length"))
        .isEqualTo(8);
    assertThat(tab.text("document.querySelector('.figures').innerText"))
        .containsPattern("KL\\s+[1-9][0-9.]*")
        .containsPattern("ELBO\\s+−[1-9][0-9.]*");
    assertThat(tab.text("document.querySelector('.posterior').getAttribute('aria-label')"))
        .contains("Most telling: dimension");
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void theAddressKeepsTheDrawing() {
    Tab tab = drawSeven();
    String seen = tab.text(studio.pixelsOf(SEEN));
    tab.reload();
    tab.await(FIRST_FOUND);
    assertThat(tab.text(studio.pixelsOf(SEEN))).isEqualTo(seen);
  }

  @Test
  void undoTakesTheLastStrokeBackAndClearEmptiesThePad() {
    Tab tab = drawSeven();
    String seven = tab.text("location.hash");
    tab.drag(tab.at(".pad", 0.3, 0.55), tab.at(".pad", 0.7, 0.52));
    tab.await("location.hash !== `" + seven + "`");
    tab.click("[data-do=undo]");
    tab.await("location.hash === `" + seven + "`");
    tab.click("[data-do=undo]");
    tab.await("document.querySelectorAll('.neighbour:disabled').length === 5");
    assertThat(tab.text("document.querySelector('.figures').innerText")).contains("–");
  }

  @Test
  void undoAfterATestImageGoesBackToTheDrawing() {
    Tab tab = drawSeven();
    String seven = tab.text("location.hash");
    String seen = tab.text(studio.pixelsOf(SEEN));
    tab.click("[data-do=example]");
    tab.await("location.hash.includes('digit=')");
    tab.click("[data-do=undo]");
    tab.await("location.hash === `" + seven + "`");
    tab.await(studio.pixelsOf(SEEN) + " === `" + seen + "`");
    assertThat(tab.errors()).isEmpty();
  }

  @Test
  void backspaceWhileThePointerIsHeldEndsTheStroke() {
    Tab tab = drawSeven();
    tab.run(
        """
        (pad => {
          const box = pad.getBoundingClientRect();
          const at = (type, x) => pad.dispatchEvent(new PointerEvent(type, {
            pointerId: 1, isPrimary: true, button: 0, bubbles: true, clientX: box.left + box.width * x, clientY: box.top + box.height / 2 }));
          pad.setPointerCapture = () => {};
          for (let i = 0; i < 3; i++) {
            at('pointerdown', 0.2);
            at('pointermove', 0.4);
            pad.dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace' }));
            pad.dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace' }));
            at('pointermove', 0.6);
          }
        })(document.querySelector('.pad'))
        """);
    Tab.pause(100);
    assertThat(tab.errors()).isEmpty();
  }

  /** More points than an address holds. */
  @Test
  void aLongDrawingAndAnOpenedPictureOutliveAReload() {
    Tab tab = studio.enter("draw");
    tab.await(FIRST_FOUND);
    tab.click("[data-do=clear]");
    double[][] places = new double[120][];
    for (int i = 0; i < places.length; i++) {
      places[i] = tab.at(".pad", 0.2 + 0.6 * (i % 2), 0.15 + 0.7 * i / places.length);
    }
    tab.drag(places);
    tab.await("location.hash.includes('strokes=')");
    Tab.pause(400);
    assertThat(tab.number("location.hash.length")).isLessThan(2000);
    String address = tab.text("location.hash");
    tab.reload();
    tab.await(FIRST_FOUND);
    assertThat(tab.text("location.hash")).isEqualTo(address);
    tab.run(
        """
        (async () => {
          const canvas = new OffscreenCanvas(60, 60);
          const context = canvas.getContext('2d');
          context.fillStyle = '#fff';
          context.fillRect(20, 5, 8, 50);
          const transfer = new DataTransfer();
          transfer.items.add(new File([await canvas.convertToBlob()], 'one.png', { type: 'image/png' }));
          document.querySelector('.draw-room').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
        })()
        """);
    tab.await("location.hash.includes('picture=kept')");
    Tab.pause(500);
    String seen = tab.text(studio.pixelsOf(SEEN));
    tab.reload();
    tab.await(FIRST_FOUND);
    tab.await(studio.pixelsOf(SEEN) + " === `" + seen + "`");
  }

  @Test
  void theKeyboardDraws() {
    Tab tab = studio.enter("draw");
    tab.await(FIRST_FOUND);
    tab.run("document.querySelector('.pad').focus()");
    tab.key("ArrowUp");
    tab.key(" ");
    for (int i = 0; i < 8; i++) {
      tab.key("ArrowDown");
    }
    tab.key(" ");
    tab.await("location.hash.includes('strokes=')");
    assertThat(tab.text(studio.pixelsOf(SEEN)).split(",")).anyMatch(v -> Integer.parseInt(v) > 200);
  }

  /** A black stroke on white paper, far from square, off the middle. */
  @Test
  void aPictureThatIsDroppedIsScaledAndCentredAsMnistDoes() {
    Tab tab = studio.enter("draw");
    tab.await(FIRST_FOUND);
    // The image that is there already may be as large.
    tab.run("window.seenFirst = " + studio.pixelsOf(SEEN));
    tab.run(
        """
        (async () => {
          const canvas = new OffscreenCanvas(300, 200);
          const context = canvas.getContext('2d');
          context.fillStyle = '#fff';
          context.fillRect(0, 0, 300, 200);
          context.fillStyle = '#000';
          context.fillRect(220, 30, 20, 120);
          context.fillRect(180, 30, 60, 20);
          const transfer = new DataTransfer();
          transfer.items.add(new File([await canvas.convertToBlob()], 'seven.png', { type: 'image/png' }));
          document.querySelector('.draw-room').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
        })()
        """);
    tab.await(studio.pixelsOf(SEEN) + " !== window.seenFirst");
    tab.await(
        "(([w, h]) => w > 4 && w <= 20 && h === 20)((v => { const on = v.map((x, i) => x > 20 ? i : -1).filter(i => i >= 0);"
            + " const xs = on.map(i => i % 28), ys = on.map(i => Math.floor(i / 28));"
            + " return [Math.max(...xs) - Math.min(...xs) + 1, Math.max(...ys) - Math.min(...ys) + 1]; })("
            + studio.pixelsOf(SEEN)
            + ".split(',').map(Number)))");
    String mass =
        "(v => { let m = 0, x = 0, y = 0; v.forEach((p, i) => { m += p; x += p * (i % 28 + 0.5); y += p * (Math.floor(i / 28) + 0.5); });"
            + " return Math.max(Math.abs(x / m - 14), Math.abs(y / m - 14)); })("
            + studio.pixelsOf(SEEN)
            + ".split(',').map(Number))";
    assertThat(tab.number(mass)).isLessThanOrEqualTo(0.5);
  }

  @Test
  void aFileThatIsNoPictureIsRefusedInASentence() {
    Tab tab = studio.enter("draw");
    tab.await(FIRST_FOUND);
    tab.run(
        """
        (() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(['words'], 'notes.txt', { type: 'text/plain' }));
          document.querySelector('.draw-room').dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
        })()
        """);
    tab.await("!document.querySelector('.pad-column .trouble').hidden");
    assertThat(tab.text("document.querySelector('.pad-column .trouble').textContent"))
        .isEqualTo("notes.txt is no picture: choose a PNG, JPEG, GIF, WebP or SVG file.");
  }
}
