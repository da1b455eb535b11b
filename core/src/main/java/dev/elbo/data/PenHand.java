package dev.elbo.data;

import java.util.ArrayList;
import java.util.List;

/** The hand that writes one image: a style of the digit, bent by seeded chance. */
final class PenHand {
  private static final double TURN = 2 * Math.PI;
  private static final double HEIGHT = 100;

  /** Of a control point, in the glyph's unit. */
  private static final double JITTER = 2.2;

  /** Of the ink's edge, as a share of the pen's radius. */
  private static final double ROUGHNESS = 0.07;

  private final PenDraws draws;

  PenHand(PenDraws draws) {
    this.draws = draws;
  }

  /** The strokes, x and y in the glyph's unit, about the origin. */
  List<PenStroke> write(int digit) {
    double[] affine = affine();
    PenWave across = wave();
    PenWave down = wave();
    double pen = 1.29 * StrictMath.exp(0.22 * draws.bell());
    List<PenStroke> strokes = new ArrayList<>();
    for (double[] control : style(digit).strokes()) {
      PenStroke stroke = PenStroke.through(jittered(control));
      bend(stroke, affine, across, down);
      press(stroke, pen);
      strokes.add(stroke);
    }
    return strokes;
  }

  private PenGlyphs.Style style(int digit) {
    List<PenGlyphs.Style> styles = PenGlyphs.styles(digit);
    int left = draws.below(styles.stream().mapToInt(PenGlyphs.Style::weight).sum());
    int choice = 0;
    while (left >= styles.get(choice).weight()) {
      left -= styles.get(choice).weight();
      choice++;
    }
    return styles.get(choice);
  }

  /** Aspect ratio, then slant, then rotation, as the matrix (a, b; c, d). */
  private double[] affine() {
    double aspect = StrictMath.exp(0.17 * draws.bell());
    double slant = 0.17 + 0.18 * draws.bell();
    double angle = 0.07 * draws.bell();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    // (x, y) -> (aspect·x − slant·y, y), turned.
    return new double[] {cos * aspect, -cos * slant - sin, sin * aspect, cos - sin * slant};
  }

  private PenWave wave() {
    return new PenWave(
        5 * draws.bell(),
        TURN / HEIGHT * draws.between(-0.8, 0.8),
        TURN / HEIGHT * draws.between(0.3, 0.8),
        draws.between(0, TURN));
  }

  private double[] jittered(double[] control) {
    double[] moved = control.clone();
    for (int i = 0; i < moved.length; i += 2) {
      boolean again = i > 0 && PenStroke.isCorner(control, i / 2 - 1);
      moved[i] = again ? moved[i - 2] : control[i] + JITTER * draws.bell();
      moved[i + 1] = again ? moved[i - 1] : control[i + 1] + JITTER * draws.bell();
    }
    return moved;
  }

  private void bend(PenStroke stroke, double[] affine, PenWave across, PenWave down) {
    for (int i = 0; i < stroke.points(); i++) {
      double x = stroke.x()[i] - 30;
      double y = stroke.y()[i] - HEIGHT / 2;
      double bentX = x + across.at(x, y);
      double bentY = y + down.at(x, y);
      stroke.x()[i] = affine[0] * bentX + affine[1] * bentY;
      stroke.y()[i] = affine[2] * bentX + affine[3] * bentY;
    }
  }

  private void press(PenStroke stroke, double pen) {
    double depth = draws.between(0, 0.25);
    double rate = draws.between(0.5, 1.5) * TURN / stroke.points();
    double phase = draws.between(0, TURN);
    for (int i = 0; i < stroke.points(); i++) {
      double swell = depth * StrictMath.sin(rate * i + phase);
      stroke.radius()[i] = pen * (1 + swell + ROUGHNESS * draws.bell());
    }
  }
}
