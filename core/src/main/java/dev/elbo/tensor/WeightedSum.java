package dev.elbo.tensor;

import java.util.List;

/** out = Σᵢ coefficientᵢ·termᵢ, one number a row. */
final class WeightedSum implements Operation {
  private final List<Tensor> terms;
  private final List<Scalar> coefficients;
  private final Tensor sum;
  private boolean[] adds;

  WeightedSum(List<Tensor> terms, List<Scalar> coefficients, Tensor sum) {
    if (terms.size() != coefficients.size()) {
      throw new IllegalArgumentException(
          "terms (=%d) must be as many as coefficients (=%d)"
              .formatted(terms.size(), coefficients.size()));
    }
    for (Tensor term : terms) {
      if (term.stride() != 1) {
        throw new IllegalArgumentException(term.name() + " must be one number a row");
      }
    }
    this.terms = List.copyOf(terms);
    this.coefficients = List.copyOf(coefficients);
    this.sum = sum;
  }

  @Override
  public List<Tensor> inputs() {
    return terms;
  }

  @Override
  public Tensor output() {
    return sum;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      float total = 0f;
      for (int i = 0; i < terms.size(); i++) {
        total = Math.fma(coefficients.get(i).value(), terms.get(i).values()[row], total);
      }
      sum.values()[row] = total;
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int i = 0; i < terms.size(); i++) {
      float[] gradient = terms.get(i).gradient();
      if (gradient == null) {
        continue;
      }
      float coefficient = coefficients.get(i).value();
      for (int row = from; row < to; row++) {
        float share = coefficient * sum.gradient()[row];
        gradient[row] = adds[i] ? gradient[row] + share : share;
      }
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds;
  }
}
