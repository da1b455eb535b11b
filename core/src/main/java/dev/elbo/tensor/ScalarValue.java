package dev.elbo.tensor;

import java.util.List;

/** A scalar as a tensor, [1 in all]. */
record ScalarValue(Scalar scalar, Tensor output) implements Operation {
  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    output.values()[0] = scalar.value();
  }

  @Override
  public void backward(int from, int to) {
    // Nothing lies behind it.
  }

  @Override
  public void wantGradients(boolean[] adds) {
    // It has no inputs.
  }
}
