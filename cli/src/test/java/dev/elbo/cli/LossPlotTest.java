package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class LossPlotTest {
  private static final int TRAIN = 0xff0072b2;
  private static final int TEST = 0xffd55e00;

  @TempDir Path folder;

  @Test
  void bothFilesAppearWholeAndShowTrainAndTestInAllThreePanels() throws Exception {
    assumeFonts();

    assertThat(LossPlot.write(epochs(25), "mnist", folder)).isEmpty();

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("loss.png", "loss.svg");
    assertThat(Files.size(folder.resolve("loss.png"))).isLessThan(100_000);
    BufferedImage picture = ImageIO.read(folder.resolve("loss.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(1200);
    assertThat(picture.getHeight()).isEqualTo(800);
    for (int color : new int[] {TRAIN, TEST}) {
      assertThat(count(picture, color, 0, 0, 680, 800)).isGreaterThan(500);
      assertThat(count(picture, color, 680, 0, 1200, 430)).isGreaterThan(100);
      assertThat(count(picture, color, 680, 430, 1200, 800)).isGreaterThan(100);
    }
    assertThat(svg().getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 1200 800");
  }

  @Test
  void aLossThatFallsIsDrawnFalling() throws IOException {
    assumeFonts();
    List<LossPlot.Epoch> falling = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      falling.add(new LossPlot.Epoch(i, 100 - i, 80, 20, 101 - i, 80, 20));
    }

    LossPlot.write(falling, "mnist", folder);

    BufferedImage picture = ImageIO.read(folder.resolve("loss.png").toFile());
    assertThat(firstRow(picture, TRAIN, 90, 180)).isLessThan(firstRow(picture, TRAIN, 420, 560));
  }

  @Test
  void oneEpochTwoEpochsAndConstantValuesCanBePlotted() throws IOException {
    assumeFonts();
    LossPlot.Epoch still = new LossPlot.Epoch(1, 0, 0, 0, 0, 0, 0);

    assertThat(LossPlot.write(List.of(still), "mnist", folder)).isEmpty();
    assertThat(LossPlot.write(epochs(1), "mnist", folder)).isEmpty();
    assertThat(LossPlot.write(epochs(2), "mnist", folder)).isEmpty();
  }

  @Test
  void theSvgIsTheSameInEveryLocale() throws IOException {
    assumeFonts();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      LossPlot.write(epochs(25), "mnist", folder);
      String root = Files.readString(folder.resolve("loss.svg"));
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      LossPlot.write(epochs(25), "mnist", folder);

      assertThat(Files.readString(folder.resolve("loss.svg"))).isEqualTo(root);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void withoutAnEpochNothingIsWritten() throws IOException {
    assertThat(LossPlot.write(List.of(), "mnist", folder))
        .contains("loss.png, loss.svg: left out, there is no epoch to plot");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onAMachineWithoutFontsThePlotIsLeftOutAndSaysSo() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "fontconfig is how Linux finds its fonts");
    Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    ProcessBuilder child =
        new ProcessBuilder(
            ChildJvm.java(),
            "-Duser.home=" + folder,
            "-Djava.awt.headless=true",
            "-cp",
            ChildJvm.classPath(),
            WithoutFonts.class.getName(),
            folder.toString());
    child.environment().put("FONTCONFIG_FILE", none.toString());

    assertThat(ChildJvm.output(child))
        .isEqualTo("loss.png, loss.svg: left out, this machine has no fonts");
    assertThat(folder.resolve("loss.png")).doesNotExist();
    assertThat(folder.resolve("loss.svg")).doesNotExist();
  }

  static final class WithoutFonts {
    public static void main(String[] arguments) throws IOException {
      System.out.print(LossPlot.write(epochs(3), "mnist", Path.of(arguments[0])).orElse("written"));
    }
  }

  private static void assumeFonts() {
    Assumptions.assumeTrue(Fonts.present(), "this machine has no fonts");
  }

  private static List<LossPlot.Epoch> epochs(int count) {
    List<LossPlot.Epoch> epochs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      double reconstruction = 78 + 90.0 / (i * i);
      double kl = 30 - 12.0 / i;
      epochs.add(
          new LossPlot.Epoch(
              i,
              reconstruction + kl,
              reconstruction,
              kl,
              reconstruction + kl + 3,
              reconstruction + 2,
              kl + 1));
    }
    return epochs;
  }

  private static int count(BufferedImage picture, int color, int x0, int y0, int x1, int y1) {
    int count = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        count += picture.getRGB(x, y) == color ? 1 : 0;
      }
    }
    return count;
  }

  private static int firstRow(BufferedImage picture, int color, int x0, int x1) {
    for (int y = 0; y < picture.getHeight(); y++) {
      if (count(picture, color, x0, y, x1, y + 1) > 0) {
        return y;
      }
    }
    throw new AssertionError("the colour is nowhere");
  }

  private Document svg() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type names a page of the W3C, which no test should fetch.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(folder.resolve("loss.svg").toFile());
  }
}
