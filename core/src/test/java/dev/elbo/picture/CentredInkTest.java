package dev.elbo.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A PNG in memory, placed as it is or as MNIST's digits are. */
class CentredInkTest {
  /** The centre is moved by whole pixels. */
  private static final double HALF_A_PIXEL = 0.5 + 1e-6;

  /** Sums of some hundred products in double, then one rounding to float. */
  private static final double ROUNDING = 1e-4;

  /** A rectangle of ink on paper. */
  private static byte[] png(Color paper, Color ink, int x, int y, int width, int height)
      throws IOException {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(paper);
    graphics.fillRect(0, 0, 200, 200);
    graphics.setColor(ink);
    graphics.fillRect(x, y, width, height);
    graphics.dispose();
    return Png.bytes(image);
  }

  private static float[] centred(byte[] png) {
    return GreyImageReader.png(png, "body", 1_000_000, 28, 28, true);
  }

  private static double centre(float[] pixels, boolean down) {
    double mass = 0;
    double moment = 0;
    for (int j = 0; j < pixels.length; j++) {
      mass += pixels[j];
      moment += pixels[j] * ((down ? j / 28 : j % 28) + 0.5);
    }
    return moment / mass;
  }

  @Test
  void aStrokeInACornerFillsTwentyOfTwentyEightPixelsInTheMiddle() throws IOException {
    float[] pixels = centred(png(Color.BLACK, Color.WHITE, 3, 5, 20, 40));

    int rows = 0;
    int columns = 0;
    for (int i = 0; i < 28; i++) {
      boolean inRow = false;
      boolean inColumn = false;
      for (int j = 0; j < 28; j++) {
        inRow |= pixels[i * 28 + j] > 0;
        inColumn |= pixels[j * 28 + i] > 0;
      }
      rows += inRow ? 1 : 0;
      columns += inColumn ? 1 : 0;
    }
    assertThat(rows).isEqualTo(20);
    assertThat(columns).isEqualTo(10);
    assertThat(centre(pixels, true)).isCloseTo(14, within(HALF_A_PIXEL));
    assertThat(centre(pixels, false)).isCloseTo(14, within(HALF_A_PIXEL));
    assertThat(pixels[14 * 28 + 14]).isEqualTo(1);
  }

  @Test
  void whereItWasDrawnAndHowLargeDoesNotMatter() throws IOException {
    float[] corner = centred(png(Color.BLACK, Color.WHITE, 3, 5, 20, 40));
    float[] middle = centred(png(Color.BLACK, Color.WHITE, 90, 80, 40, 80));

    for (int j = 0; j < corner.length; j++) {
      assertThat((double) middle[j]).isCloseTo(corner[j], within(ROUNDING));
    }
  }

  @Test
  void inkOnPaperIsTurnedIntoLightOnDark() throws IOException {
    float[] dark = centred(png(Color.WHITE, Color.BLACK, 30, 50, 20, 40));
    float[] light = centred(png(Color.BLACK, Color.WHITE, 30, 50, 20, 40));

    for (int j = 0; j < dark.length; j++) {
      assertThat((double) dark[j]).isCloseTo(light[j], within(ROUNDING));
    }
  }

  @Test
  void theCentreOfMassIsTheMiddleAlsoWhereTheBoxIsNot() throws IOException {
    BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(10, 10, 40, 10);
    graphics.fillRect(10, 10, 12, 40);
    graphics.dispose();
    float[] pixels = centred(Png.bytes(image));

    assertThat(centre(pixels, true)).isCloseTo(14, within(HALF_A_PIXEL));
    assertThat(centre(pixels, false)).isCloseTo(14, within(HALF_A_PIXEL));
  }

  @Test
  void anEmptyDrawingStaysEmpty() throws IOException {
    assertThat(centred(png(Color.BLACK, Color.BLACK, 0, 0, 1, 1))).containsOnly(0);
    assertThat(centred(png(Color.WHITE, Color.WHITE, 0, 0, 1, 1))).containsOnly(0);
  }

  @Test
  void morePixelsThanAllowedAreRefusedByTheirHeader() throws IOException {
    byte[] png = png(Color.BLACK, Color.WHITE, 3, 5, 20, 40);

    assertThatThrownBy(() -> GreyImageReader.png(png, "body", 39_999, 28, 28, false))
        .isInstanceOf(InputException.class)
        .hasMessage("body: expected at most 0 megapixels, found 200×200; make the image smaller");
    assertThat(GreyImageReader.png(png, "body", 40_000, 28, 28, false)).hasSize(784);
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    byte[] png = png(Color.BLACK, Color.WHITE, 3, 5, 20, 40);
    byte[] cut = java.util.Arrays.copyOf(png, png.length / 2);

    assertThatThrownBy(() -> GreyImageReader.png(cut, "body", 1_000_000, 28, 28, false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("body: expected a whole PNG");
  }
}
