package dev.elbo.studio.model;

/**
 * Images or codes, one after another.
 *
 * @param values [count, columns]
 * @param labels the class of each, for a conditional model; else empty
 */
record Rows(int count, float[] values, int[] labels) {
  static final int[] NO_LABELS = {};

  int label(int row) {
    return labels[row];
  }

  int columns() {
    return count == 0 ? 0 : values.length / count;
  }
}
