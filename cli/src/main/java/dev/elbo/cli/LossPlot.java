package dev.elbo.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The course of a training as {@code loss.png} and {@code loss.svg}: the loss in a large panel, its
 * two terms beside it, each on a scale of its own, train and test, in nats per image.
 */
final class LossPlot {
  static final int WIDTH = 1200;
  static final int HEIGHT = 800;

  private static final int HEAD = PlotStyle.HEAD;
  private static final int NAME = 28;
  private static final int MARGIN = PlotStyle.MARGIN;
  private static final int LEFT_PANEL = 680;

  /** Markers show where the epochs are, until they would touch each other. */
  private static final int MOST_MARKERS = 40;

  private final List<Epoch> epochs;
  private final String title;

  /** A row of {@code metrics.csv}; everything but the epoch in nats per image. */
  record Epoch(
      int epoch,
      double trainLoss,
      double trainReconstruction,
      double trainKl,
      double testLoss,
      double testReconstruction,
      double testKl) {}

  private LossPlot(List<Epoch> epochs, String title) {
    this.epochs = epochs;
    this.title = title;
  }

  /**
   * Writes both files into the folder, or none and returns why, as one line: a plot must not cost
   * anyone a training.
   */
  static Optional<String> write(List<Epoch> epochs, String title, Path folder) throws IOException {
    if (epochs.isEmpty()) {
      return Optional.of("loss.png, loss.svg: left out, there is no epoch to plot");
    }
    LossPlot plot = new LossPlot(epochs, title);
    return PlotStyle.write(plot::paint, WIDTH, HEIGHT, "loss", folder);
  }

  private void paint(Graphics2D graphics) {
    PlotStyle.begin(graphics, title, WIDTH, HEIGHT);

    int right = WIDTH - LEFT_PANEL;
    int tall = HEIGHT - HEAD;
    XYChart loss = chart(Epoch::trainLoss, Epoch::testLoss);
    loss.getStyler().setLegendVisible(true);
    panel(graphics, 0, HEAD, LEFT_PANEL, tall, "loss", loss);
    panel(
        graphics,
        LEFT_PANEL,
        HEAD,
        right,
        tall / 2,
        "reconstruction, −log p(x|z)",
        chart(Epoch::trainReconstruction, Epoch::testReconstruction));
    panel(
        graphics,
        LEFT_PANEL,
        HEAD + tall / 2,
        right,
        tall / 2,
        "KL, from q(z|x) to the prior",
        chart(Epoch::trainKl, Epoch::testKl));
  }

  private static void panel(
      Graphics2D graphics, int x, int y, int width, int height, String name, XYChart chart) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.setColor(PlotStyle.TEXT);
    graphics.setFont(PlotStyle.font(Font.BOLD, 17));
    graphics.drawString(name, MARGIN, 24);
    graphics.translate(0, NAME);
    chart.paint(graphics, width - MARGIN / 2, height - NAME - MARGIN / 2);
    graphics.setTransform(before);
  }

  private XYChart chart(ToDoubleFunction<Epoch> train, ToDoubleFunction<Epoch> test) {
    XYChart chart = new XYChartBuilder().xAxisTitle("epoch").yAxisTitle("nats per image").build();
    style(chart.getStyler());
    series(chart, "train", train, PlotStyle.BLUE, SeriesMarkers.CIRCLE);
    series(chart, "test", test, PlotStyle.VERMILION, SeriesMarkers.DIAMOND);
    return chart;
  }

  private void series(
      XYChart chart, String name, ToDoubleFunction<Epoch> value, Color color, Marker marker) {
    double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarkerColor(color);
    series.setMarker(epochs.size() <= MOST_MARKERS ? marker : SeriesMarkers.NONE);
  }

  private void style(XYStyler styler) {
    int first = epochs.get(0).epoch();
    int last = epochs.get(epochs.size() - 1).epoch();
    PlotStyle.apply(styler);
    styler.setLegendFont(PlotStyle.font(Font.PLAIN, 16));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    // The axis counts its ticks from its minimum, so that must be whole.
    styler.setXAxisMin((double) first - 1);
    styler.setXAxisMax(last + 0.5);
    styler.setXAxisDecimalPattern("0");
    styler.setXAxisTickMarkSpacingHint(60);
    styler.setYAxisTickMarkSpacingHint(55);
    if (epochs.size() == 1) {
      // Then the values themselves are the ticks, with all their digits.
      styler.setYAxisDecimalPattern("0.0");
    }
  }
}
