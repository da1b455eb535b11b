package dev.elbo.cli;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Models in the plane of rate and distortion (Alemi et al. 2018) as {@code sweep.png} and {@code
 * sweep.svg}: what the code costs, the KL, against what is lost, −log p(x|z).
 */
final class RateDistortionPlot {
  static final int WIDTH = 1000;
  static final int HEIGHT = 720;

  /** Labels keep off the frame. */
  private static final double AIR = 0.08;

  private final List<Point> points;
  private final String title;

  /**
   * One model; nats per image.
   *
   * @param label the value that is its own
   */
  record Point(String label, double rate, double distortion) {}

  private RateDistortionPlot(List<Point> points, String title) {
    this.points = points.stream().sorted(Comparator.comparingDouble(Point::rate)).toList();
    this.title = title;
  }

  /** Writes both files into the folder, or none and returns why, as one line. */
  static Optional<String> write(List<Point> points, String title, Path folder) throws IOException {
    RateDistortionPlot plot = new RateDistortionPlot(points, title);
    return PlotStyle.write(plot::paint, WIDTH, HEIGHT, "sweep", folder);
  }

  private void paint(Graphics2D graphics) {
    PlotStyle.begin(graphics, title, WIDTH, HEIGHT);
    graphics.translate(0, PlotStyle.HEAD);
    chart().paint(graphics, WIDTH - PlotStyle.MARGIN / 2, HEIGHT - PlotStyle.HEAD);
    graphics.translate(0, -PlotStyle.HEAD);
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .xAxisTitle("rate: KL, nats per image")
            .yAxisTitle("distortion: −log p(x|z), nats per image")
            .build();
    double[] x = points.stream().mapToDouble(Point::rate).toArray();
    double[] y = points.stream().mapToDouble(Point::distortion).toArray();
    XYStyler styler = chart.getStyler();
    PlotStyle.apply(styler);
    styler.setMarkerSize(10);
    styler.setXAxisDecimalPattern("0.##");
    styler.setYAxisDecimalPattern("0.##");
    styler.setAnnotationTextFont(PlotStyle.font(Font.PLAIN, 15));
    styler.setAnnotationTextFontColor(PlotStyle.TEXT);
    double height = range(y, styler::setYAxisMin, styler::setYAxisMax);
    range(x, styler::setXAxisMin, styler::setXAxisMax);
    XYSeries series = chart.addSeries("models", x, y);
    series.setLineColor(PlotStyle.BLUE);
    series.setLineStyle(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarkerColor(PlotStyle.VERMILION);
    series.setMarker(SeriesMarkers.CIRCLE);
    for (Point point : points) {
      double above = point.distortion() + height * AIR / 2;
      chart.addAnnotation(new AnnotationText(point.label(), point.rate(), above, false));
    }
    return chart;
  }

  /** Takes an edge of an axis. */
  private interface Edge {
    Object set(double value);
  }

  /** Gives an axis its edges, and returns how long it is. */
  private static double range(double[] values, Edge least, Edge most) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double air = high > low ? (high - low) * AIR : 1;
    least.set(low - air);
    most.set(high + air);
    return high - low + 2 * air;
  }
}
