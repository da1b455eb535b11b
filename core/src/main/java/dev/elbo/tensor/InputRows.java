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
    for (int row = from; row < to; row++) {
      source.fill(row, output.values(), row * output.stride());
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
