package dev.elbo.kernel;

/**
 * A view of an array as a matrix: element (i, j) is {@code values[offset + i·rowStride +
 * j·columnStride]}.
 */
public record Matrix(float[] values, int offset, int rowStride, int columnStride) {

  /** Rows one after another. */
  public static Matrix of(float[] values, int stride) {
    return new Matrix(values, 0, stride, 1);
  }

  /** Every row is the same one: a bias. */
  public static Matrix repeated(float[] row) {
    return new Matrix(row, 0, 0, 1);
  }

  public Matrix transposed() {
    return new Matrix(values, offset, columnStride, rowStride);
  }

  int at(int row) {
    return offset + row * rowStride;
  }
}
