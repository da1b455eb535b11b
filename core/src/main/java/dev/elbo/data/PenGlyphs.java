package dev.elbo.data;

import java.util.List;

/**
 * How each digit is written: for every class a few styles, for every style the strokes of the pen.
 *
 * <p>A stroke is control points x₀, y₀, x₁, y₁, … that the pen passes through, y downwards, in a box
 * about 100 high. A point given twice is a corner.
 */
final class PenGlyphs {
  static final int CLASSES = 10;

  /** One way to write a digit; a style of weight 2 is twice as common as one of weight 1. */
  record Style(int weight, List<double[]> strokes) {}

  private static final List<List<Style>> STYLES =
      List.of(
          List.of( // 0: begun at the top; begun at the right, run past the start
              style(3, stroke(38, 1, 14, 12, 0, 50, 11, 88, 36, 100, 60, 86, 70, 50, 60, 13, 34, 1)),
              style(
                  2,
                  stroke(
                      50, 9, 30, 2, 9, 25, 2, 60, 20, 95, 44, 97, 66, 68, 68, 30, 50, 5, 30, 6, 20,
                      17))),
          List.of( // 1: a plain line; with a flag; with flag and base
              style(8, stroke(0, 0, 0, 33, 0, 67, 0, 100)),
              style(2, stroke(0, 20, 12, 12, 22, 0, 22, 0, 22, 50, 22, 100)),
              style(
                  1,
                  stroke(0, 22, 14, 13, 24, 0, 24, 0, 24, 50, 24, 98),
                  stroke(0, 100, 24, 98, 50, 99))),
          List.of( // 2: angular; with a loop; with a wavy foot
              style(
                  3, stroke(3, 22, 12, 5, 32, 0, 52, 8, 56, 28, 42, 55, 20, 80, 2, 97, 2, 97, 30, 95, 66, 95)),
              style(
                  3,
                  stroke(
                      3, 20, 15, 4, 38, 0, 56, 14, 54, 38, 38, 65, 18, 90, 5, 96, 1, 86, 13, 77, 30,
                      86, 48, 97, 72, 92)),
              style(2, stroke(5, 15, 25, 1, 48, 8, 52, 32, 38, 62, 8, 95, 8, 95, 36, 88, 72, 97))),
          List.of( // 3: round; with a flat top; with a small loop at the waist
              style(
                  4,
                  stroke(
                      5, 12, 25, 0, 48, 6, 52, 24, 38, 42, 20, 47, 20, 47, 42, 50, 58, 68, 52, 90, 28,
                      100, 2, 90)),
              style(
                  1,
                  stroke(
                      2, 3, 28, 2, 56, 1, 56, 1, 42, 20, 26, 38, 26, 38, 48, 46, 60, 66, 52, 90, 26,
                      100, 0, 90)),
              style(
                  2,
                  stroke(
                      5, 10, 28, 0, 50, 8, 48, 30, 30, 46, 17, 51, 17, 44, 36, 47, 56, 60, 56, 84, 32,
                      100, 0, 94))),
          List.of( // 4: open; closed; open in one stroke
              style(3, stroke(6, 2, 2, 25, 4, 46, 10, 53, 32, 52, 64, 47), stroke(58, 0, 54, 40, 50, 100)),
              style(
                  2,
                  stroke(48, 0, 24, 32, 0, 62, 0, 62, 35, 62, 74, 60),
                  stroke(48, 0, 48, 50, 46, 100)),
              style(
                  2,
                  stroke(5, 3, 0, 30, 12, 48, 36, 46, 54, 32, 61, 2, 61, 2, 56, 50, 50, 100))),
          List.of( // 5: with a separate bar; joined; round like an S
              style(
                  3,
                  stroke(14, 5, 10, 24, 7, 44, 7, 44, 28, 37, 50, 46, 56, 68, 44, 92, 20, 100, 0, 92),
                  stroke(14, 5, 36, 4, 64, 1)),
              style(
                  2,
                  stroke(
                      62, 2, 38, 3, 16, 5, 16, 5, 12, 24, 8, 44, 8, 44, 30, 38, 52, 50, 54, 74, 38, 96,
                      14, 99, 0, 90)),
              style(1, stroke(64, 0, 40, 2, 18, 10, 14, 30, 30, 43, 48, 58, 48, 82, 28, 99, 0, 94))),
          List.of( // 6: round back; straight back; hooked
              style(3, stroke(44, 0, 22, 18, 6, 46, 2, 76, 16, 98, 40, 96, 52, 76, 40, 57, 20, 62, 6, 80)),
              style(2, stroke(30, 0, 14, 30, 4, 62, 10, 92, 32, 100, 52, 84, 48, 62, 28, 58, 10, 72, 6, 84)),
              style(
                  1,
                  stroke(56, 6, 40, 2, 16, 24, 2, 62, 12, 94, 36, 98, 54, 80, 46, 58, 24, 58, 6, 76))),
          List.of( // 7: plain; with a bar; with a serif; round shoulder
              style(4, stroke(0, 8, 28, 6, 60, 3, 60, 3, 46, 30, 32, 62, 24, 100)),
              style(
                  2,
                  stroke(0, 7, 28, 5, 60, 3, 60, 3, 47, 30, 34, 62, 24, 100),
                  stroke(14, 52, 36, 49, 62, 46)),
              style(2, stroke(0, 22, 3, 5, 3, 5, 30, 6, 60, 4, 60, 4, 46, 36, 36, 66, 31, 100)),
              style(2, stroke(0, 12, 20, 3, 48, 1, 58, 12, 45, 46, 30, 100))),
          List.of( // 8: one stroke from the right; two rings; open at the top
              style(
                  4,
                  stroke(
                      54, 12, 34, 0, 12, 8, 10, 28, 32, 47, 52, 67, 50, 92, 28, 100, 6, 90, 8, 68, 32,
                      48, 54, 28, 56, 10)),
              style(
                  1,
                  stroke(30, 1, 10, 10, 10, 34, 30, 47, 50, 34, 50, 11, 30, 1),
                  stroke(30, 47, 6, 60, 4, 90, 30, 100, 56, 89, 54, 60, 30, 47)),
              style(
                  2,
                  stroke(
                      58, 6, 34, 0, 12, 10, 18, 34, 38, 52, 50, 76, 38, 98, 14, 97, 6, 78, 24, 54, 46,
                      34, 62, 10))),
          List.of( // 9: straight tail; curled tail; slanted tail
              style(3, stroke(50, 14, 30, 1, 8, 14, 4, 36, 20, 48, 40, 38, 52, 14, 52, 14, 50, 50, 46, 100)),
              style(
                  1,
                  stroke(
                      52, 16, 34, 0, 10, 12, 6, 36, 24, 48, 44, 36, 54, 12, 54, 12, 56, 50, 46, 88, 26,
                      100, 6, 91)),
              style(2, stroke(50, 8, 28, 0, 6, 18, 6, 42, 26, 49, 46, 34, 54, 8, 54, 8, 46, 50, 30, 100))));

  private PenGlyphs() {}

  static List<Style> styles(int digit) {
    return STYLES.get(digit);
  }

  private static Style style(int weight, double[]... strokes) {
    return new Style(weight, List.of(strokes));
  }

  private static double[] stroke(double... points) {
    return points;
  }
}
