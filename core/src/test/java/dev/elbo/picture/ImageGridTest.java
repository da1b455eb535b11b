package dev.elbo.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static final int PAGE = ImageGrid.PAGE;

  @Test
  void threeImagesInTwoColumnsLieRowByRowOnThePage() {
    // Images of one row and two columns: every pixel of the picture is written out.
    BufferedImage picture =
        new ImageGrid(1, 2, 2, 1).draw(new float[] {0f, 1f, 0.5f, 0.25f, 1f, 0f});

    assertThat(pixels(picture))
        .isDeepEqualTo(
            new int[][] {
              line(10),
              line(10),
              {PAGE, PAGE, 0, 255, PAGE, PAGE, 128, 64, PAGE, PAGE},
              line(10),
              line(10),
              {PAGE, PAGE, 255, 0, PAGE, PAGE, PAGE, PAGE, PAGE, PAGE},
              line(10),
              line(10),
            });
  }

  @Test
  void scaleMakesEveryPixelASquareOfItself() {
    float[] images = {0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f, 0.1f, 0.3f};
    int[][] small = pixels(new ImageGrid(2, 2, 2, 1).draw(images));
    int[][] large = pixels(new ImageGrid(2, 2, 2, 3).draw(images));

    assertThat(large).hasDimensions(3 * small.length, 3 * small[0].length);
    for (int y = 0; y < large.length; y++) {
      for (int x = 0; x < large[0].length; x++) {
        assertThat(large[y][x]).isEqualTo(small[y / 3][x / 3]);
      }
    }
  }

  @Test
  void originalsStandBesideTheirReconstructionsInTheSamePolarity() {
    int[][] drawn =
        pixels(
            new ImageGrid(1, 1, 2, 1).drawBeside(new float[] {1f, 0.2f}, new float[] {0.8f, 0f}));

    assertThat(drawn).hasDimensions(4 + 1 + 4, 4 + 3 + 4 + 3 + 4);
    assertThat(drawn[4]).containsExactly(inPage(18, 4, 255, 6, 204, 11, 51, 13, 0));
  }

  @Test
  void valuesOutsideTheUnitIntervalAreClippedAndNanIsBackground() {
    int[][] drawn =
        pixels(
            new ImageGrid(1, 4, 1, 1)
                .draw(new float[] {-3f, 7f, Float.NaN, Float.POSITIVE_INFINITY}));

    assertThat(drawn[2]).containsExactly(PAGE, PAGE, 0, 255, 0, 255, PAGE, PAGE);
  }

  @Test
  void fewerImagesThanColumnsMakeANarrowerGridAndNoneAnEmptyPage() {
    assertThat(new ImageGrid(3, 5, 10, 2).draw(new float[30]).getWidth())
        .isEqualTo(2 * (2 + 5 + 2 + 5 + 2));
    assertThat(new ImageGrid(3, 5, 10, 2).draw(new float[0]).getRaster().getSample(0, 0, 0))
        .isEqualTo(PAGE);
  }

  @Test
  void thePngHoldsTheSamePixels() throws IOException {
    BufferedImage picture = new ImageGrid(1, 4, 1, 2).draw(new float[] {0f, 0.3f, 0.7f, 1f});

    byte[] png = Png.bytes(picture);

    assertThat(pixels(ImageIO.read(new ByteArrayInputStream(png)))).isDeepEqualTo(pixels(picture));
  }

  @Test
  void aComfortableScaleKeepsSmallImagesLargeAndLargeOnesSmall() {
    assertThat(ImageGrid.comfortableScale(28, 28)).isEqualTo(3);
    assertThat(ImageGrid.comfortableScale(8, 8)).isEqualTo(8);
    assertThat(ImageGrid.comfortableScale(200, 10)).isEqualTo(1);
  }

  private static int[] line(int width) {
    int[] line = new int[width];
    Arrays.fill(line, PAGE);
    return line;
  }

  /** A line of page with levels at places: place, level, place, level … */
  private static int[] inPage(int width, int... placesAndLevels) {
    int[] line = line(width);
    for (int i = 0; i < placesAndLevels.length; i += 2) {
      line[placesAndLevels[i]] = placesAndLevels[i + 1];
    }
    return line;
  }

  private static int[][] pixels(BufferedImage picture) {
    int[][] pixels = new int[picture.getHeight()][picture.getWidth()];
    for (int y = 0; y < pixels.length; y++) {
      picture.getRaster().getSamples(0, y, picture.getWidth(), 1, 0, pixels[y]);
    }
    return pixels;
  }
}
