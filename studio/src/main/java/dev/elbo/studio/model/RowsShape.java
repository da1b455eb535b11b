package dev.elbo.studio.model;

import dev.elbo.Numbers;
import dev.elbo.model.VaeConfig;
import dev.elbo.studio.http.Problem;

/**
 * What rows in a request must be.
 *
 * @param field their name, in JSON and in errors
 * @param columns numbers in each
 * @param least the range of a number
 * @param mostRows in a request
 * @param classes of a conditional model, whose rows need labels; else 0
 */
record RowsShape(String field, int columns, float least, float most, int mostRows, int classes) {
  /** A code further from the origin than that comes from no image. */
  private static final float FARTHEST = 100;

  /** Numbers in an answer: 16 MB as float32. */
  private static final int MOST_NUMBERS = 1 << 22;

  private static final int MOST_ROWS = 10_000;

  static RowsShape images(VaeConfig model) {
    int pixels = model.inputSize();
    return new RowsShape("images", pixels, 0, 1, mostRows(pixels), classes(model));
  }

  static RowsShape codes(VaeConfig model) {
    return new RowsShape(
        "codes",
        model.latentSize(),
        -FARTHEST,
        FARTHEST,
        mostRows(Math.max(model.latentSize(), model.inputSize())),
        classes(model));
  }

  /** The rows whose numbers an answer may hold. */
  static int mostRows(int columns) {
    return Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / columns));
  }

  private static int classes(VaeConfig model) {
    return model.labels().conditional() ? model.labels().classes() : 0;
  }

  RowsShape one() {
    return new RowsShape(field, columns, least, most, 1, classes);
  }

  boolean conditional() {
    return classes > 0;
  }

  float checked(float value, int row, int column) {
    if (!(value >= least && value <= most)) {
      String where = place(row, column);
      throw Problem.badValue(
          where,
          "%s: expected a number from %s to %s, found %s"
              .formatted(where, plain(least), plain(most), Numbers.text(value)));
    }
    return value;
  }

  String place(int row) {
    return field + "[" + row + "]";
  }

  String place(int row, int column) {
    return place(row) + "[" + column + "]";
  }

  private static String plain(float bound) {
    return String.valueOf((int) bound);
  }

  Problem tooMany() {
    return new Problem(
        413, "%s: expected at most %d at once, found more".formatted(field, mostRows));
  }

  Problem wrongLength(int row, int found) {
    return Problem.badValue(
        place(row), "%s: expected %d numbers, found %d".formatted(place(row), columns, found));
  }

  Problem none() {
    return Problem.badValue(field, "%s: expected at least one, found none".formatted(field));
  }

  int checkedLabel(long label, String where) {
    if (label < 0 || label >= classes) {
      throw Problem.badValue(
          where,
          "%s: expected a class from 0 to %d, found %d".formatted(where, classes - 1, label));
    }
    return (int) label;
  }
}
