package dev.elbo.tensor;

/** Rows that are the same in every replay. */
record Constant(Tensor output) implements Source {

  /**
   * @param values [rows, columns], one row after another; copied
   */
  static Constant of(Tape tape, String name, int rows, int columns, float[] values) {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%s: values (=%d) must be rows (=%d) times columns (=%d)"
              .formatted(name, values.length, rows, columns));
    }
    Tensor output = Tensor.matrix(tape, name, RowAxis.fixed(rows), columns, false);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, output.values(), row * output.stride(), columns);
    }
    return new Constant(output);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    // The values are there.
  }
}
