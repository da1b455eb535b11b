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

/** The page's own arithmetic, in the browser that runs it. */
@Tag("browser")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PageModulesTest {
  /** Of a pixel between 0 and 1; the page sums in double, the server in float. */
  private static final double TOLERANCE = 1e-5;

  /** Seconds from navigation until a digit is painted. */
  private static final double FIRST_DIGIT = 0.4;

  private static final int LOADS = 10;

  @TempDir static Path runs;
  private static StudioInBrowser studio;

  @BeforeAll
  static void start() {
    studio = new StudioInBrowser(runs);
    studio.enter("draw").await("document.querySelectorAll('.neighbour[data-label]').length === 5");
  }

  @AfterAll
  static void stop() throws IOException {
    if (studio != null) {
      studio.close();
    }
  }

  @Test
  void theDecoderInThePageEqualsTheServers() {
    double largest =
        studio
            .tab()
            .number(
                """
                (async () => {
                  const { Model } = await import('/js/model.js');
                  const model = await Model.load('default');
                  const decoder = await model.decoder();
                  const { codes, images } = await (await fetch('/api/v1/models/default/sample?n=64&temperature=1.5')).json();
                  return Math.max(...codes.flatMap((code, i) =>
                    [...decoder.decode(code)].map((pixel, p) => Math.abs(pixel - images[i][p]))));
                })()
                """);
    System.out.printf("decoder in the page: largest difference %.2e%n", largest);
    assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
  }

  /** Layers that the model inside the program does not have, against their definitions. */
  @Test
  void gatedLayersAndOtherOutputsFollowTheirFormulas() {
    double largest =
        studio
            .tab()
            .number(
                """
                (async () => {
                  const { Decoder } = await import('/js/decoder.js');
                  const weights = Float32Array.from([0.5, -1, 0.25, 2, 1, -0.5, 1.5, 0.75, 3, -2]);
                  const layers = [
                    { inputs: 1, outputs: 2, activation: 'gated', weight_offset: 0, bias_offset: 2, gate_weight_offset: 4, gate_bias_offset: 6 },
                    { inputs: 2, outputs: 1, activation: 'linear', weight_offset: 8, bias_offset: 7 }];
                  const s = x => 1 / (1 + Math.exp(-x));
                  const linear = z => 3 * (0.5 * z + 0.25) * s(z + 1.5) - 2 * (-z + 2) * s(-0.5 * z + 0.75) + 0.75;
                  const outputs = { sigmoid: s, identity: x => x, continuous_bernoulli: x => 1 / (1 - Math.exp(-x)) - 1 / x };
                  let largest = 0;
                  for (const [name, of] of Object.entries(outputs)) {
                    const decoder = new Decoder(layers, weights, name, 1);
                    for (const z of [-2, -0.3, 0, 0.7, 3]) {
                      largest = Math.max(largest, Math.abs(decoder.decode([z])[0] - of(linear(z))));
                    }
                  }
                  return largest;
                })()
                """);
    assertThat(largest).isLessThan(1e-6);
  }

  @Test
  void handwritingFillsMnistsBoxAndIsCentredByItsMass() {
    String box =
        studio
            .tab()
            .text(
                """
                (async () => {
                  const { pixelsOf } = await import('/js/draw/handwriting.js');
                  const { Strokes } = await import('/js/draw/strokes.js');
                  const strokes = new Strokes();
                  strokes.begin(0.1, 0.1);
                  for (let t = 0; t <= 1; t += 0.05) strokes.extend(0.1 + 0.2 * t, 0.1 + 0.7 * t);
                  const pixels = pixelsOf(strokes, 28, 28, true);
                  let mass = 0, x = 0, y = 0, top = 28, bottom = 0;
                  pixels.forEach((p, i) => { mass += p; x += p * (i % 28 + 0.5); y += p * (Math.floor(i / 28) + 0.5);
                    if (p > 0.5) { top = Math.min(top, Math.floor(i / 28)); bottom = Math.max(bottom, Math.floor(i / 28)); } });
                  return [bottom - top + 1, Math.abs(x / mass - 14) <= 0.5, Math.abs(y / mass - 14) <= 0.5, Math.max(...pixels) > 0.95].join();
                })()
                """);
    assertThat(box).isIn("19,true,true,true", "20,true,true,true");
  }

  @Test
  void addressesBringCodesAndStrokesBack() {
    assertThat(
            studio
                .tab()
                .is(
                    """
                    (async () => {
                      const { codeToText, textToCode } = await import('/js/packing.js');
                      const { Strokes } = await import('/js/draw/strokes.js');
                      const code = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i) * 3);
                      const back = textToCode(codeToText(code), 64);
                      const strokes = new Strokes();
                      strokes.begin(0.2, 0.3);
                      strokes.extend(0.5, 0.9);
                      strokes.begin(1, 1);
                      const text = strokes.toText();
                      return code.every((v, i) => Math.abs(v - back[i]) <= 0.5 / 4096 + 1e-6)
                        && textToCode('!', 64) === null && textToCode('AAAA', 64) === null
                        && Strokes.fromText(text).toText() === text && Strokes.fromText('%%').empty;
                    })()
                    """))
        .isTrue();
  }

  /** On a warm page cache of the server, the quickest of some loads. */
  @Test
  void aDigitIsPaintedSoonAfterNavigation() {
    double best = Double.POSITIVE_INFINITY;
    for (int load = 0; load < LOADS; load++) {
      Tab tab = studio.enter("draw");
      tab.await("performance.getEntriesByName('elbo-first-digit').length");
      best =
          Math.min(
              best,
              tab.number("performance.getEntriesByName('elbo-first-digit')[0].startTime / 1000"));
    }
    System.out.printf("first paint with a digit: %.3f s after navigation%n", best);
    assertThat(best).isLessThanOrEqualTo(FIRST_DIGIT);
  }
}
