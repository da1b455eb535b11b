package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;

/**
 * What training changes: the weight of a dense layer, or its bias.
 *
 * <p>A weight lies as [in, out], rows padded, since a product reads its right factor row by row.
 * The backward pass wants [out, in]: a transposed copy, kept where it is asked for. Files hold
 * weights as [out, in].
 */
public final class Parameter {
  private final String name;
  private final int rows;
  private final int columns;
  private final boolean weight;
  private final int stride;
  private final float[] values;
  private final Matrix matrix;
  private float[] transposed;

  private Parameter(String name, int rows, int columns, boolean weight) {
    this.name = name;
    this.rows = rows;
    this.columns = columns;
    this.weight = weight;
    this.stride = Kernels.padded(columns);
    int paddedRows = weight ? Kernels.padded(rows) : rows;
    this.values = new float[paddedRows * stride];
    this.matrix = weight ? Matrix.of(values, stride) : Matrix.repeated(values);
  }

  public static Parameter weight(String name, int in, int out) {
    return new Parameter(name, in, out, true);
  }

  public static Parameter bias(String name, int out) {
    return new Parameter(name, 1, out, false);
  }

  /** Zeros of the same shape, named after this one: an optimiser's moment. */
  public Parameter like(String prefix) {
    return new Parameter(prefix + name, rows, columns, weight);
  }

  public String name() {
    return name;
  }

  /** The fan-in of a weight, 1 for a bias. */
  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int stride() {
    return stride;
  }

  public boolean isWeight() {
    return weight;
  }

  /** The shape in a file: [out, in] or [out]. */
  public int[] shape() {
    return weight ? new int[] {columns, rows} : new int[] {columns};
  }

  /** The number of values without padding. */
  public int size() {
    return rows * columns;
  }

  /** The values as they lie, [rows, stride]; a writer calls {@link #changed} after. */
  public float[] values() {
    return values;
  }

  Matrix matrix() {
    return matrix;
  }

  /** [out, in], rows padded; kept up to date from now on. */
  Matrix transposedCopy() {
    if (transposed == null) {
      transposed = new float[Kernels.padded(columns) * Kernels.padded(rows)];
      changed(0, rows);
    }
    return Matrix.of(transposed, Kernels.padded(rows));
  }

  /** Rows [from, to) have new values. */
  public void changed(int from, int to) {
    if (transposed == null) {
      return;
    }
    int copyStride = Kernels.padded(rows);
    for (int column = 0; column < columns; column++) {
      int target = column * copyStride;
      for (int row = from; row < to; row++) {
        transposed[target + row] = values[row * stride + column];
      }
    }
  }

  /** The values in the order of {@link #shape}. */
  public float[] toArray() {
    float[] out = new float[size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        out[column * rows + row] = values[row * stride + column];
      }
    }
    return out;
  }

  /** Takes values in the order of {@link #shape}. */
  public void set(float[] from) {
    if (from.length != size()) {
      throw new IllegalArgumentException(
          "%s: from.length (=%d) must be %d".formatted(name, from.length, size()));
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * stride + column] = from[column * rows + row];
      }
    }
    changed(0, rows);
  }
}
