package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import dev.elbo.kernel.Softmax;
import java.util.Arrays;
import java.util.List;

/**
 * log (1/K) Σₖ N(z; muₖ, e^logVarₖ), nats a row, with gradients to z and to the components. A
 * component's is a sum over the rows of the batch in their order.
 */
final class MixtureLogDensity implements AcrossRows {
  private final LatentKernels kernels;
  private final Tensor z;
  private final MixtureTable table;
  private final Tensor out;
  private final int components;
  private final int width;
  private final float constant;

  /** The log-density under each component and, on the way back, its share, [rows, padded K]. */
  private final float[] shares;

  private int rows;
  private boolean[] adds;

  private MixtureLogDensity(LatentKernels kernels, Tensor z, MixtureTable table, Tensor out) {
    this.kernels = kernels;
    this.z = z;
    this.table = table;
    this.out = out;
    this.components = table.components();
    this.width = Kernels.padded(components);
    this.constant =
        (float) (-0.5 * z.columns() * GaussianLogDensity.LN_TWO_PI - StrictMath.log(components));
    this.shares = new float[out.values().length * width];
  }

  static MixtureLogDensity of(LatentKernels kernels, String name, Tensor z, MixtureTable table) {
    Shapes.requireMatrix(z);
    Tensor mu = table.mu();
    if (!z.axis().ofBatch() || z.columns() != mu.columns()) {
      throw new IllegalArgumentException(
          "%s (%s, %d columns) must have rows for each image and the columns of %s (=%d)"
              .formatted(z.name(), z.axis(), z.columns(), mu.name(), mu.columns()));
    }
    boolean trainable = Tensor.anyTrainable(z, mu, table.logVar());
    return new MixtureLogDensity(kernels, z, table, z.asNumbers(name, trainable));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(z, table.mu(), table.logVar(), table.output());
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public boolean readsAllRowsOf(int input) {
    return input > 0;
  }

  @Override
  public void begin(int images) {
    rows = z.axis().count(images);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] wanted = learning ? shares : null;
    for (int row = from; row < to; row++) {
      int at = row * width;
      kernels.gaussians(
          z.values(),
          row * z.stride(),
          z.columns(),
          table.muByColumn(),
          table.precisionByColumn(),
          table.sumOfLogVar(),
          components,
          shares,
          at);
      out.values()[row] = Softmax.logSumExp(shares, at, components, wanted) + constant;
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dz = z.gradient();
    for (int row = from; row < to; row++) {
      int at = row * z.stride();
      if (!adds[0]) {
        Arrays.fill(dz, at, at + z.stride(), 0f);
      }
      for (int k = 0; k < components; k++) {
        pass(row, k, dz, null, null);
      }
    }
  }

  @Override
  public void backwardAcross(int from, int to) {
    float[] dMu = cleared(table.mu(), adds[1], from, to);
    float[] dLogVar = cleared(table.logVar(), adds[2], from, to);
    for (int k = from; k < to; k++) {
      for (int row = 0; row < rows; row++) {
        pass(row, k, null, dMu, dLogVar);
      }
    }
  }

  private static float[] cleared(Tensor input, boolean adds, int from, int to) {
    if (input.trainable() && !adds) {
      Arrays.fill(input.gradient(), from * input.stride(), to * input.stride(), 0f);
    }
    return input.trainable() ? input.gradient() : null;
  }

  private void pass(int row, int k, float[] dz, float[] dMu, float[] dLogVar) {
    float share = shares[row * width + k];
    if (share == 0f) {
      return; // Of most components: they are far away.
    }
    kernels.gaussianShare(
        share * out.gradient()[row],
        z.values(),
        row * z.stride(),
        table.mu().values(),
        table.output().values(),
        k * table.mu().stride(),
        z.columns(),
        dz,
        dMu,
        dLogVar);
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds;
  }
}
