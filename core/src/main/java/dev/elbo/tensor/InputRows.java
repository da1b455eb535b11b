package dev.elbo.tensor;

import java.util.List;

/** Rows from outside. */
record InputRows(Tensor output, RowSource source) implements Operation {
  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

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

  @Override
  public void backward(int from, int to) {
    // Nothing lies behind an input.
  }

  @Override
  public void wantGradients(boolean[] adds) {
    // An input has none.
  }
}
