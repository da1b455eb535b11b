package dev.elbo.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreyImageReaderTest {
  /** Sums of a few hundred products in double, then one rounding to float. */
  private static final float ROUNDING = 1e-6f;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void anImageOfTheWantedSizeIsTakenAsItIs(String format) throws IOException {
    // All 256 levels, as the bytes of a data set become floats; a dark border, else it is inverted.
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(2 + i % 16, 2 + i / 16, i * 0x010101);
    }

    GreyImage read = GreyImageReader.read(write(image, format), 20, 20);

    for (int i = 0; i < 256; i++) {
      assertThat(read.pixels()[(2 + i / 16) * 20 + 2 + i % 16]).isEqualTo(i / 255f);
    }
    assertThat(read.note()).isEmpty();
  }

  @Test
  void greySamplesAreNotBrightenedByJavasLinearGreySpace() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {10, 100, 128});

    assertThat(GreyImageReader.read(write(image, "png"), 1, 3).pixels())
        .containsExactly(10 / 255f, 100 / 255f, 128 / 255f);
  }

  @Test
  void sixteenBitsAndOneBitAreReadToo() throws IOException {
    BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 13107, 65535});
    BufferedImage flat = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    flat.setRGB(1, 0, 0xffffff);

    assertThat(GreyImageReader.read(write(deep, "png"), 1, 3).pixels())
        .containsExactly(0f, 0.2f, 1f);
    assertThat(GreyImageReader.read(write(flat, "png"), 1, 3).pixels()).containsExactly(0f, 1f, 0f);
  }

  @Test
  void coloursBecomeLumaOfBt601() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);

    assertThat(GreyImageReader.read(write(image, "png"), 1, 3).pixels())
        .containsExactly(0.299f, 0.587f, 0.114f);
  }

  @Test
  void aJpegComesOutNearlyAsItWentIn() throws IOException {
    BufferedImage image = ink(0x000000, 0xffffff, BufferedImage.TYPE_INT_RGB);

    float[] pixels = GreyImageReader.read(write(image, "jpg"), 8, 8).pixels();

    assertThat(pixels[3 * 8 + 3]).isCloseTo(1f, within(0.1f));
    assertThat(pixels[0]).isCloseTo(0f, within(0.1f));
  }

  @Test
  void darkOnLightIsInvertedAndSaysSo() throws IOException {
    Path dark = write(ink(0xffffff, 0x333333, BufferedImage.TYPE_INT_RGB), "png");

    GreyImage read = GreyImageReader.read(dark, 8, 8);

    assertThat(read.pixels()[0]).isEqualTo(0f);
    assertThat(read.pixels()[3 * 8 + 3]).isEqualTo(0.8f);
    assertThat(read.note())
        .contains(dark + ": inverted (it is dark on light, the model light on dark)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x000000, 0xffffff})
  void inkOnATransparentPageIsInkWhetherItIsBlackOrWhite(int color) throws IOException {
    BufferedImage image = ink(0, 0xff000000 | color, BufferedImage.TYPE_INT_ARGB);

    float[] pixels = GreyImageReader.read(write(image, "png"), 8, 8).pixels();

    assertThat(pixels[0]).isEqualTo(0f);
    assertThat(pixels[3 * 8 + 3]).isEqualTo(1f);
  }

  @Test
  void aLargerImageIsAveragedByAreaInTheMiddleOfBackground() throws IOException {
    // 6 wide, 3 high into 4×4: ratio 2/3, fitted 4 wide and 2 high, below one line of background.
    BufferedImage image = new BufferedImage(6, 3, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 1, 0, 255);
    Path file = write(image, "png");

    GreyImage read = GreyImageReader.read(file, 4, 4);

    // Pixel (1, 1) is halved downwards at 1.5 and across at 1.5; a target pixel is 1.5 × 1.5.
    float quarter = 0.25f / 2.25f;
    float[] expected = new float[16];
    expected[4] = expected[5] = expected[8] = expected[9] = quarter;
    assertThat(read.pixels()).containsExactly(expected, within(ROUNDING));
    assertThat(read.note()).contains(file + ": fitted from 6×3 into 4×4");
  }

  @Test
  void areaAveragingKeepsTheMeanAtAwkwardSizes() throws IOException {
    for (int size : new int[] {1, 5, 27, 29, 55, 113}) {
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
      double sum = 0;
      for (int i = 0; i < size * size; i++) {
        int level = i * 37 % 101;
        sum += level / 255.0;
        image.getRaster().setSample(i % size, i / size, 0, level);
      }

      float[] pixels = GreyImageReader.read(write(image, "png"), 28, 28).pixels();

      double mean = 0;
      for (float pixel : pixels) {
        mean += pixel / pixels.length;
      }
      double expected = sum / (size * size);
      assertThat(mean).as("size %d", size).isCloseTo(expected, within((double) ROUNDING));
    }
  }

  @Test
  void aTinyFileThatAsksForGigabytesIsRefusedBeforeDecoding() throws IOException {
    // A whole GIF of 35 bytes with one frame of 65535 × 65535.
    Path bomb =
        bytes(
            "474946383961"
                + "ffffffff"
                + "800000"
                + "000000ffffff"
                + "2c00000000ffffffff00"
                + "02024c01"
                + "003b");

    assertThat(Files.size(bomb)).isEqualTo(35);
    assertThatThrownBy(() -> GreyImageReader.read(bomb, 28, 28))
        .isInstanceOf(InputException.class)
        .hasMessage(
            bomb + ": expected at most 64 megapixels, found 65535×65535; make the image smaller");
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    Path missing = folder.resolve("missing.png");

    assertThatThrownBy(() -> GreyImageReader.read(missing, 28, 28))
        .isInstanceOf(InputException.class)
        .hasMessage(
            missing
                + ": expected an image file, found nothing there;"
                + " give the path of a PNG, JPEG, GIF or BMP");
    assertThatThrownBy(() -> GreyImageReader.read(folder, 28, 28))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder + ": expected an image file, found something that is no file");
  }

  @Test
  void anotherKindOfFileIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "hello", StandardCharsets.UTF_8);
    Path empty = Files.write(folder.resolve("b.png"), new byte[0]);

    for (Path file : new Path[] {text, empty}) {
      assertThatThrownBy(() -> GreyImageReader.read(file, 28, 28))
          .isInstanceOf(InputException.class)
          .hasMessage(
              file
                  + ": expected a PNG, JPEG, GIF or BMP image, found another kind of file;"
                  + " convert it first");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void aTruncatedImageOfEachFormatIsRefused(String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 7919);
    }
    byte[] whole = Files.readAllBytes(write(image, format));

    for (int length : new int[] {12, whole.length / 4, whole.length / 2, whole.length * 3 / 4}) {
      Path cut = Files.write(folder.resolve("cut." + format), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GreyImageReader.read(cut, 28, 28))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              cut + ": expected a whole PNG, JPEG, GIF or BMP, found one that cannot be read (")
          .hasMessageEndingWith("); save it anew");
    }
  }

  /** 8×8 of {@code page} with a 4×4 square of {@code ink}. */
  private static BufferedImage ink(int page, int ink, int type) {
    BufferedImage image = new BufferedImage(8, 8, type);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        boolean inside = y >= 2 && y < 6 && x >= 2 && x < 6;
        image.setRGB(x, y, inside ? ink : page);
      }
    }
    return image;
  }

  private Path write(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return Files.write(Files.createTempFile(folder, "image", "." + format), bytes.toByteArray());
  }

  private Path bytes(String hex) throws IOException {
    return Files.write(folder.resolve("bytes"), HexFormat.of().parseHex(hex));
  }
}
