package dev.elbo.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten classes that can be told apart with any of four kinds of sight. */
class ClassColoursTest {
  /**
   * Linear RGB as seen without L, M or S cones, and with all (Machado, Oliveira and Fernandes 2009,
   * severity 1).
   */
  private static final List<double[]> SIGHTS =
      List.of(
          new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
          new double[] {
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998
          },
          new double[] {
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881
          },
          new double[] {
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900
          });

  /** In OKLab; the ten of Petroff (2021), made for the same end, reach 0.06. */
  private static final double LEAST_DISTANCE = 0.1;

  /** WCAG 2.2, 1.4.11: of what is needed to understand a picture. */
  private static final double LEAST_CONTRAST = 3;

  /** On the map's ground, as a point is drawn there. */
  @ParameterizedTest
  @CsvSource({"LIGHT,0", "DARK,1"})
  void anyTwoDifferForEverySightAndStandOutFromTheGround(String set, int theme) throws IOException {
    String ground = found("--sunken: (#[0-9a-f]{6})", "css/tokens.css").get(theme);
    assertThat(found("\\.map \\{[^}]*(var\\(--sunken\\))", "css/rooms.css")).hasSize(1);
    double opacity =
        Double.parseDouble(found("POINT_OPACITY = ([0-9.]+);", "js/colours.js").get(0));
    List<double[]> colours =
        colours(set).stream().map(colour -> linear(over(ground, colour, opacity))).toList();
    assertThat(colours).hasSize(10);
    for (double[] sight : SIGHTS) {
      List<double[]> seen = colours.stream().map(colour -> lab(times(sight, colour))).toList();
      for (int i = 0; i < seen.size(); i++) {
        for (int j = 0; j < i; j++) {
          assertThat(distance(seen.get(i), seen.get(j)))
              .as("classes %d and %d", j, i)
              .isGreaterThan(LEAST_DISTANCE);
        }
      }
    }
    for (double[] colour : colours) {
      assertThat(contrast(colour, linear(ground))).isGreaterThanOrEqualTo(LEAST_CONTRAST);
    }
  }

  private static List<String> colours(String set) throws IOException {
    String line = found("export const " + set + " = (.*)", "js/colours.js").get(0);
    return matches("(#[0-9a-f]{6})", line);
  }

  private static List<String> found(String pattern, String file) throws IOException {
    try (InputStream in =
        ClassColoursTest.class.getResourceAsStream("/dev/elbo/studio/page/" + file)) {
      return matches(pattern, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** As a browser lays one over the other, in sRGB. */
  private static String over(String ground, String colour, double opacity) {
    StringBuilder mixed = new StringBuilder("#");
    for (int at = 1; at < 7; at += 2) {
      int below = Integer.parseInt(ground.substring(at, at + 2), 16);
      int above = Integer.parseInt(colour.substring(at, at + 2), 16);
      mixed.append("%02x".formatted(Math.round(opacity * above + (1 - opacity) * below)));
    }
    return mixed.toString();
  }

  private static double[] linear(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      parts[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return parts;
  }

  private static double[] times(double[] matrix, double[] colour) {
    double[] product = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        product[row] += matrix[3 * row + i] * colour[i];
      }
      product[row] = Math.max(0, Math.min(1, product[row]));
    }
    return product;
  }

  /** OKLab (Ottosson 2020). */
  private static double[] lab(double[] c) {
    double l = Math.cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
    double m = Math.cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
    double s = Math.cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  /** WCAG 2.2, relative luminances. */
  private static double contrast(double[] a, double[] b) {
    double first = 0.2126 * a[0] + 0.7152 * a[1] + 0.0722 * a[2] + 0.05;
    double second = 0.2126 * b[0] + 0.7152 * b[1] + 0.0722 * b[2] + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }
}
