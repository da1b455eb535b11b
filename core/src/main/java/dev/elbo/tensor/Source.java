package dev.elbo.tensor;

import java.util.List;

/** An operation without inputs: rows from outside, from a parameter, or the same ones always. */
interface Source extends Operation {
  @Override
  default List<Tensor> inputs() {
    return List.of();
  }

  @Override
  default void backward(int from, int to) {
    // Nothing on the tape lies behind it; a parameter's own gradient comes last.
  }

  @Override
  default void wantGradients(boolean[] adds) {
    // It has no inputs.
  }
}
