package dev.elbo.tensor;

/** Rows from outside. */
record InputRows(Tensor output, RowSource source) implements Source {
  @Override
  public void forward(int from, int to, boolean learning) {
    NonZeros nonZeros = output.nonZeros();
    for (int row = from; row < to; row++) {
      int at = row * output.stride();
      if (nonZeros != null) {
        SparseRowSource sparse = (SparseRowSource) source;
        int count = sparse.fill(row, output.values(), at, nonZeros.columns(), at);
        nonZeros.mark(row, count);
      } else {
        source.fill(row, output.values(), at);
      }
    }
  }
}
