package dev.elbo.tensor;

import dev.elbo.kernel.Softmax;
import java.util.List;

/** e^x[r·k + s]/Σₜ e^x[r·k + t]: the share of each sample in its image; gradients end here. */
record NormalizedWeights(Tensor x, int k, Tensor output) implements Operation {
  static NormalizedWeights of(String name, Tensor x, int k) {
    Shapes.requireNumbers(x);
    Shapes.requireGroups(x, k);
    return new NormalizedWeights(x, k, x.asNumbers(name, false));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] weights = output.values();
    System.arraycopy(x.values(), from, weights, from, to - from);
    for (int row = from; row < to; row += k) {
      Softmax.logSumExp(weights, row, k, weights);
    }
  }

  @Override
  public boolean takesWholeImages() {
    return true;
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
