package dev.elbo.tensor;

/**
 * Rows that are mostly zeros and know where they are not: a digit on an empty page. The first layer
 * leaves the zeros out of its product and of its weight's gradient.
 */
public interface SparseRowSource extends RowSource {
  /** Whether it pays; a function of the data alone, since it decides the sign of some zeros. */
  boolean isSparse();

  /**
   * Writes the row at {@code offset}, and the columns of its non-zero values, ascending, at {@code
   * listOffset}.
   *
   * @return how many they are
   */
  int fill(int row, float[] values, int offset, int[] list, int listOffset);
}
