package dev.elbo.tensor;

import java.util.List;

/** The rows of a weight as they are; the values are shared. */
record ParameterRows(Parameter weight, Tensor output) implements Operation {
  @Override
  public List<Tensor> inputs() {
    return List.of();
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    // The values are shared.
  }

  @Override
  public void backward(int from, int to) {
    // What lies behind is the parameter, and its gradient comes last.
  }

  @Override
  public void wantGradients(boolean[] adds) {
    // It has no inputs.
  }
}
