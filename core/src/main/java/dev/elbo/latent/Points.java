package dev.elbo.latent;

import dev.elbo.kernel.Kernels;

/**
 * Rows that a mixture is fitted to, laid out as the kernels want them: padded, with a free column
 * after the last and spare rows at the end.
 *
 * @param values [count, stride] and more
 */
record Points(int count, int columns, int stride, float[] values) {

  static Points of(int count, int columns) {
    int stride = Kernels.padded(columns + 1);
    return new Points(count, columns, stride, new float[(count + Kernels.TILE) * stride]);
  }

  /** Those of the given numbers, in their order. */
  Points select(int[] rows) {
    Points selected = of(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * stride, selected.values, i * stride, stride);
    }
    return selected;
  }

  double at(int row, int column) {
    return values[row * stride + column];
  }
}
