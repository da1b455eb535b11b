package dev.elbo.tensor;

import java.util.List;

/** The same values, through which no gradient passes. */
record StopGradient(Tensor x, Tensor output) implements Operation {
  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    // The values are shared.
  }

  @Override
  public void backward(int from, int to) {
    throw new IllegalStateException(output.name() + " takes no gradient");
  }

  @Override
  public void wantGradients(boolean[] adds) {
    throw new IllegalStateException(output.name() + " takes no gradient");
  }
}
