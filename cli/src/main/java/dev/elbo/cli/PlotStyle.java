package dev.elbo.cli;

import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.picture.Png;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.knowm.xchart.style.XYStyler;

/** How plots look, and how they become files. */
final class PlotStyle {
  static final int HEAD = 64;
  static final int MARGIN = 28;

  // Blue and vermilion of Okabe and Ito's palette, which colour-blind people tell apart.
  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILION = new Color(0xD55E00);
  static final Color TEXT = new Color(0x333333);
  private static final Color GRID = new Color(0xE4E4E4);

  private PlotStyle() {}

  /**
   * Writes {@code name.png} and {@code name.svg} into the folder, or neither and returns why, as
   * one line.
   */
  static Optional<String> write(
      Consumer<Graphics2D> painter, int width, int height, String name, Path folder)
      throws IOException {
    if (!Fonts.present()) {
      return Optional.of(
          "%s.png, %s.svg: left out, this machine has no fonts".formatted(name, name));
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    painter.accept(graphics);
    graphics.dispose();
    byte[] svg = Svg.bytes(painter, width, height);
    DurableFiles files = new DurableFiles(new LocalDisk());
    files.write(folder.resolve(name + ".png"), Png.bytes(picture));
    files.write(folder.resolve(name + ".svg"), svg);
    return Optional.empty();
  }

  /** A white page with its title. */
  static void begin(Graphics2D graphics, String title, int width, int height) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(TEXT);
    graphics.setFont(font(Font.BOLD, 24));
    graphics.drawString(title, MARGIN, 44);
  }

  static void apply(XYStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setAntiAlias(true);
    styler.setBaseFont(font(Font.PLAIN, 14));
    styler.setAxisTitleFont(font(Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 14));
    styler.setChartFontColor(TEXT);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(GRID);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setMarkerSize(7);
    styler.setLegendVisible(false);
  }

  static Font font(int kind, int size) {
    return new Font(Font.SANS_SERIF, kind, size);
  }
}
