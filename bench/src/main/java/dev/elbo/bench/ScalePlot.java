package dev.elbo.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Time a step over each factor, both axes logarithmic, at the most threads measured. */
final class ScalePlot {
  private static final List<String> FACTORS = List.of("hidden", "latent", "batch", "depth");
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 800;

  // Blue and vermilion of Okabe and Ito's palette, which colour-blind people tell apart.
  private static final Color ELBO = new Color(0x0072B2);
  private static final Color TORCH = new Color(0xD55E00);

  private final List<ScaleRow> rows;

  private ScalePlot(List<ScaleRow> rows) {
    this.rows = rows;
  }

  /** Writes scale.png and scale.svg; returns a line that says so. */
  static String write(List<ScaleRow> all, Path folder) throws IOException {
    int threads = all.stream().mapToInt(ScaleRow::threads).max().orElseThrow();
    ScalePlot plot = new ScalePlot(all.stream().filter(row -> row.threads() == threads).toList());
    Files.createDirectories(folder);
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    try {
      plot.paint(graphics);
    } catch (InternalError | LinkageError | NullPointerException noFonts) {
      return "No plot: this machine has no fonts.";
    }
    graphics.dispose();
    ImageIO.write(picture, "png", folder.resolve("scale.png").toFile());
    plot.writeSvg(folder.resolve("scale.svg"));
    return "Plot: " + folder.resolve("scale.png") + " and scale.svg, " + Peers.count(threads) + ".";
  }

  private void writeSvg(Path file) throws IOException {
    try {
      SVGGraphics2D svg =
          new SVGGraphics2D(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .getDOMImplementation()
                  .createDocument("http://www.w3.org/2000/svg", "svg", null));
      svg.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
      paint(svg);
      svg.stream(file.toString());
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("the JDK's own XML has no default parser", impossible);
    }
  }

  private void paint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < FACTORS.size(); i++) {
      AffineTransform before = graphics.getTransform();
      graphics.translate(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2);
      String factor = FACTORS.get(i);
      List<ScaleRow> shown =
          rows.stream().filter(row -> row.size().factor().equals(factor)).toList();
      if (!shown.isEmpty()) {
        chart(factor, shown).paint(graphics, WIDTH / 2, HEIGHT / 2);
      }
      graphics.setTransform(before);
    }
  }

  private static XYChart chart(String factor, List<ScaleRow> shown) {
    XYChart chart =
        new XYChartBuilder().title(factor).xAxisTitle(factor).yAxisTitle("ms a step").build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.InsideNW);
    double[] x = shown.stream().mapToDouble(row -> row.size().value()).toArray();
    double[] elbo = shown.stream().mapToDouble(row -> row.elbo().median()).toArray();
    series(chart, "Elbo", x, elbo, ELBO, SeriesMarkers.CIRCLE);
    if (shown.stream().allMatch(row -> row.torch().isPresent())) {
      double[] torch =
          shown.stream().mapToDouble(row -> row.torch().orElseThrow().median()).toArray();
      series(chart, "libtorch", x, torch, TORCH, SeriesMarkers.DIAMOND);
    }
    return chart;
  }

  private static void series(
      XYChart chart, String name, double[] x, double[] y, Color color, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2.4f));
    series.setMarkerColor(color);
    series.setMarker(marker);
  }
}
