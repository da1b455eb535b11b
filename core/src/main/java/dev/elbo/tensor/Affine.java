package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;
import java.util.List;

/** y = x·W + b and dx = dy·Wᵀ; the parameters' own gradients are {@link ParameterGradients}. */
final class Affine implements Operation {
  private final Kernels kernels;
  private final Tensor x;
  private final Parameter weight;
  private final Parameter bias;
  private final Tensor y;
  private boolean adds;
  private Matrix transposedWeight;

  Affine(Kernels kernels, Tensor x, Parameter weight, Parameter bias, Tensor y) {
    if (x.columns() != weight.rows() || bias.columns() != weight.columns()) {
      throw new IllegalArgumentException(
          "%s [%d, %d] does not fit %s of %d columns and %s of %d"
              .formatted(
                  weight.name(),
                  weight.rows(),
                  weight.columns(),
                  x.name(),
                  x.columns(),
                  bias.name(),
                  bias.columns()));
    }
    this.kernels = kernels;
    this.x = x;
    this.weight = weight;
    this.bias = bias;
    this.y = y;
  }

  Parameter weight() {
    return weight;
  }

  Parameter bias() {
    return bias;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Tensor output() {
    return y;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    if (x.nonZeros() != null) {
      forwardWithoutZeros(from, to);
      return;
    }
    kernels.multiply(
        to - from,
        weight.columns(),
        weight.rows(),
        x.matrix(),
        from,
        weight.matrix(),
        y.matrix(),
        from,
        bias.matrix());
  }

  private void forwardWithoutZeros(int from, int to) {
    NonZeros nonZeros = x.nonZeros();
    for (int row = from; row < to; row++) {
      kernels.multiplyListed(
          weight.columns(),
          nonZeros.columns(),
          row * x.stride(),
          nonZeros.count(row),
          x.values(),
          row * x.stride(),
          1,
          weight.matrix(),
          y.values(),
          row * y.stride(),
          bias.values());
    }
  }

  @Override
  public void backward(int from, int to) {
    if (transposedWeight == null) {
      return;
    }
    Matrix dx = x.gradientMatrix();
    kernels.multiply(
        to - from,
        weight.rows(),
        weight.columns(),
        y.gradientMatrix(),
        from,
        transposedWeight,
        dx,
        from,
        adds ? dx : null);
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
    if (x.trainable()) {
      transposedWeight = weight.transposedCopy();
    }
  }
}
