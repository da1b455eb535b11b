package dev.elbo.data;

import java.util.List;

/**
 * How each digit is written: for every class a few styles, for every style the strokes of the pen.
 *
 * <p>A stroke is control points x₀, y₀, x₁, y₁, … that the pen passes through, y downwards, in a
 * box about 100 high. A point given twice is a corner.
 */
final class PenGlyphs {
  static final int CLASSES = 10;

  /** One way to write a digit; a style of weight 2 is twice as common as one of weight 1. */
  record Style(int weight, List<double[]> strokes) {}

  private static final List<List<Style>> STYLES =
      List.of(
          List.of( // 0: begun at the top; run past the start; closed with a small loop
              style(
                  4,
                  stroke(
                      48, 3, 37, 1, 19, 8, 5, 29, 0, 55, 7, 82, 23, 98, 42, 98, 59, 84, 69, 57, 68,
                      29, 56, 8, 36, 1, 20, 7)),
              style(
                  2,
                  stroke(
                      48, 8, 31, 3, 15, 15, 4, 39, 2, 66, 12, 90, 32, 99, 52, 88, 65, 63, 66, 35,
                      56, 12, 38, 4, 24, 12)),
              style(
                  1,
                  stroke(
                      30, 12, 14, 24, 3, 50, 8, 82, 28, 99, 52, 90, 66, 62, 66, 30, 54, 8, 38, 6,
                      36, 16, 48, 19, 58, 10))),
          List.of( // 1: a plain line; with a flag; with flag and base
              style(9, stroke(0, 0, 0, 33, 0, 67, 0, 100)),
              style(1, stroke(0, 20, 12, 12, 22, 0, 22, 0, 22, 50, 22, 100)),
              style(
                  1,
                  stroke(0, 22, 14, 13, 24, 0, 24, 0, 24, 50, 24, 98),
                  stroke(0, 100, 24, 98, 50, 99))),
          List.of( // 2: angular; with a loop; wavy foot; low, with a long foot
              style(
                  3,
                  stroke(
                      3, 22, 12, 5, 32, 0, 52, 8, 56, 28, 42, 55, 20, 80, 2, 97, 2, 97, 30, 95, 66,
                      95)),
              style(
                  3,
                  stroke(
                      3, 20, 15, 4, 38, 0, 56, 14, 54, 38, 38, 65, 18, 90, 5, 96, 1, 86, 13, 77, 30,
                      86, 48, 97, 72, 92)),
              style(2, stroke(5, 15, 25, 1, 48, 8, 52, 32, 38, 62, 8, 95, 8, 95, 36, 88, 72, 97)),
              style(
                  2,
                  stroke(
                      6, 16, 30, 0, 62, 2, 66, 22, 44, 52, 18, 80, 4, 96, 4, 96, 44, 88, 100, 90))),
          List.of( // 3: round; with a flat top; with a small loop at the waist; short below
              style(
                  4,
                  stroke(
                      5, 12, 25, 0, 48, 6, 52, 24, 38, 42, 20, 47, 20, 47, 42, 50, 58, 68, 52, 90,
                      28, 100, 2, 90)),
              style(
                  1,
                  stroke(
                      2, 3, 28, 2, 56, 1, 56, 1, 42, 20, 26, 38, 26, 38, 48, 46, 60, 66, 52, 90, 26,
                      100, 0, 90)),
              style(
                  2,
                  stroke(
                      5, 10, 28, 0, 50, 8, 48, 30, 30, 46, 17, 51, 17, 44, 36, 47, 56, 60, 56, 84,
                      32, 100, 0, 94)),
              style(
                  2,
                  stroke(
                      6, 10, 34, 0, 66, 2, 64, 20, 46, 38, 26, 48, 26, 48, 48, 50, 60, 66, 48, 86,
                      24, 98, 0, 100))),
          List.of( // 4: open; closed; open in one stroke; open and wide with a short post
              style(
                  3,
                  stroke(6, 2, 2, 25, 4, 46, 10, 53, 32, 52, 64, 47),
                  stroke(58, 0, 54, 40, 50, 100)),
              style(
                  1,
                  stroke(48, 0, 24, 32, 0, 62, 0, 62, 35, 62, 74, 60),
                  stroke(48, 0, 48, 50, 46, 100)),
              style(2, stroke(5, 3, 0, 30, 12, 48, 36, 46, 54, 32, 61, 2, 61, 2, 56, 50, 50, 100)),
              style(
                  2,
                  stroke(14, 8, 6, 30, 0, 52, 0, 52, 30, 53, 68, 50),
                  stroke(60, 0, 52, 36, 46, 66, 42, 100))),
          List.of( // 5: with a separate bar; joined; round like an S; with a long bar
              style(
                  3,
                  stroke(
                      14, 5, 10, 24, 7, 44, 7, 44, 28, 37, 50, 46, 56, 68, 44, 92, 20, 100, 0, 92),
                  stroke(14, 5, 36, 4, 64, 1)),
              style(
                  3,
                  stroke(
                      62, 2, 38, 3, 16, 5, 16, 5, 12, 24, 8, 44, 8, 44, 30, 38, 52, 50, 54, 74, 38,
                      96, 14, 99, 0, 90)),
              style(1, stroke(64, 0, 40, 2, 18, 10, 14, 30, 30, 43, 48, 58, 48, 82, 28, 99, 0, 94)),
              style(
                  2,
                  stroke(30, 10, 24, 28, 20, 46, 20, 46, 40, 44, 52, 58, 48, 80, 26, 98, 0, 92),
                  stroke(30, 10, 56, 7, 88, 0))),
          List.of( // 6: round back; straight back; hooked
              style(
                  3,
                  stroke(
                      44, 0, 22, 18, 6, 46, 2, 76, 16, 98, 40, 96, 52, 76, 40, 57, 20, 62, 6, 80)),
              style(
                  2,
                  stroke(
                      30, 0, 14, 30, 4, 62, 10, 92, 32, 100, 52, 84, 48, 62, 28, 58, 10, 72, 6,
                      84)),
              style(
                  1,
                  stroke(
                      56, 6, 40, 2, 16, 24, 2, 62, 12, 94, 36, 98, 54, 80, 46, 58, 24, 58, 6, 76))),
          List.of( // 7: plain; with a bar; with a serif; with a round shoulder
              style(4, stroke(0, 8, 30, 6, 66, 3, 66, 3, 55, 30, 42, 62, 31, 100)),
              style(
                  2,
                  stroke(0, 7, 30, 5, 66, 3, 66, 3, 55, 30, 42, 62, 31, 100),
                  stroke(16, 52, 40, 49, 68, 46)),
              style(2, stroke(0, 22, 3, 5, 3, 5, 32, 6, 66, 4, 66, 4, 54, 36, 43, 66, 35, 100)),
              style(2, stroke(0, 12, 22, 3, 52, 1, 63, 12, 50, 46, 33, 100))),
          List.of( // 8: one stroke from the right; two rings; open at the top
              style(
                  5,
                  stroke(
                      54, 14, 38, 0, 18, 7, 14, 26, 30, 45, 46, 66, 44, 90, 26, 100, 8, 88, 13, 67,
                      32, 46, 51, 26, 55, 9)),
              style(
                  1,
                  stroke(30, 1, 10, 10, 10, 34, 30, 47, 50, 34, 50, 11, 30, 1),
                  stroke(30, 47, 8, 60, 6, 90, 30, 100, 54, 89, 52, 60, 30, 47)),
              style(
                  2,
                  stroke(
                      58, 8, 36, 0, 16, 10, 20, 32, 36, 52, 46, 76, 36, 98, 14, 97, 8, 78, 24, 54,
                      46, 32, 62, 8))),
          List.of( // 9: straight tail; curled tail; slanted tail; flat on top
              style(
                  3,
                  stroke(
                      50, 14, 30, 1, 8, 14, 4, 36, 20, 48, 40, 38, 52, 14, 52, 14, 50, 50, 46,
                      100)),
              style(
                  1,
                  stroke(
                      52, 12, 34, 0, 10, 12, 6, 36, 24, 48, 44, 36, 54, 10, 54, 10, 56, 50, 48, 88,
                      32, 100, 16, 94)),
              style(
                  2,
                  stroke(
                      50, 8, 28, 0, 6, 18, 6, 42, 26, 49, 46, 34, 54, 8, 54, 8, 46, 50, 30, 100)),
              style(
                  2,
                  stroke(
                      58, 6, 34, 2, 10, 16, 4, 34, 18, 42, 40, 30, 58, 6, 58, 6, 48, 40, 38, 70, 34,
                      100))));

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
