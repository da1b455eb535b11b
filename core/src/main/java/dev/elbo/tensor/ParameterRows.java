package dev.elbo.tensor;

/** The rows of a weight as they are; the values are shared. */
record ParameterRows(Parameter weight, Tensor output) implements Source {
  @Override
  public void forward(int from, int to, boolean learning) {
    // The values are shared.
  }
}
