package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.List;

/**
 * What a density under K Gaussians needs of them, computed once a replay: their precisions e^(−
 * logVar), and means and precisions once more with a column for each Gaussian, [columns, K].
 */
final class MixtureTable implements Operation {
  private final LatentKernels kernels;
  private final Tensor mu;
  private final Tensor logVar;
  private final Tensor precision;
  private final int width;
  private final float[] muByColumn;
  private final float[] precisionByColumn;
  private final float[] sumOfLogVar;

  private MixtureTable(LatentKernels kernels, Tensor mu, Tensor logVar, Tensor precision) {
    this.kernels = kernels;
    this.mu = mu;
    this.logVar = logVar;
    this.precision = precision;
    this.width = Kernels.padded(mu.axis().size());
    this.muByColumn = new float[mu.columns() * width];
    this.precisionByColumn = new float[mu.columns() * width];
    this.sumOfLogVar = new float[width];
  }

  static MixtureTable of(LatentKernels kernels, Tensor mu, Tensor logVar) {
    Shapes.requireAlike(mu, logVar);
    if (mu.axis().ofBatch()) {
      throw new IllegalArgumentException(
          mu.name() + " has rows for each image, and must be components of its own");
    }
    Tensor precision = mu.withColumns(mu.name() + ", precision", mu.columns(), false);
    return new MixtureTable(kernels, mu, logVar, precision);
  }

  Tensor mu() {
    return mu;
  }

  Tensor logVar() {
    return logVar;
  }

  int components() {
    return mu.axis().size();
  }

  /** [columns, padded K]. */
  float[] muByColumn() {
    return muByColumn;
  }

  /** [columns, padded K]. */
  float[] precisionByColumn() {
    return precisionByColumn;
  }

  /** [padded K]. */
  float[] sumOfLogVar() {
    return sumOfLogVar;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mu, logVar);
  }

  /** The precisions, [K, columns]. */
  @Override
  public Tensor output() {
    return precision;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int k = from; k < to; k++) {
      int at = k * mu.stride();
      kernels.precision(logVar.values(), precision.values(), at, mu.columns());
      float sum = 0f;
      for (int j = 0; j < mu.columns(); j++) {
        muByColumn[j * width + k] = mu.values()[at + j];
        precisionByColumn[j * width + k] = precision.values()[at + j];
        sum += logVar.values()[at + j];
      }
      sumOfLogVar[k] = sum;
    }
  }

  @Override
  public void backward(int from, int to) {
    throw new IllegalStateException(precision.name() + " takes no gradient");
  }

  @Override
  public void wantGradients(boolean[] adds) {
    throw new IllegalStateException(precision.name() + " takes no gradient");
  }
}
