package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.RowSource;

/**
 * Vectors of one length, a row each, laid out as the kernels want them: padded with zeros, with
 * spare rows at the end.
 *
 * @param values [count, stride] and more
 */
record Vectors(int count, int columns, int stride, float[] values) implements RowSource {

  /** Zeros. */
  static Vectors of(int count, int columns) {
    int stride = Kernels.padded(columns);
    return new Vectors(count, columns, stride, new float[(count + Kernels.TILE) * stride]);
  }

  static Vectors copyOf(RowSource source, int count, int columns) {
    Vectors copy = of(count, columns);
    for (int row = 0; row < count; row++) {
      source.fill(row, copy.values, row * copy.stride);
    }
    return copy;
  }

  void set(int row, float[] from, int offset) {
    System.arraycopy(from, offset, values, row * stride, columns);
  }

  @Override
  public void fill(int row, float[] to, int offset) {
    System.arraycopy(values, row * stride, to, offset, columns);
  }

  /** Rows {@code first}, first + 2, … */
  Vectors everyOther(int first) {
    return copyOf(
        (row, to, offset) -> fill(first + 2 * row, to, offset), (count + 1 - first) / 2, columns);
  }

  /** ‖row‖². */
  double squaredNorm(int row) {
    double sum = 0;
    for (int j = row * stride; j < row * stride + columns; j++) {
      sum += (double) values[j] * values[j];
    }
    return sum;
  }
}
