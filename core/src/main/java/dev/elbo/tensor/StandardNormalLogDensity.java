package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** log N(z; 0, 1) = −½ Σⱼ (zⱼ² + ln 2π), nats a row. */
final class StandardNormalLogDensity implements Operation {
  private final Kernels kernels;
  private final Tensor z;
  private final Tensor out;
  private final float constant;
  private final float[] lanes;
  private boolean adds;

  static StandardNormalLogDensity of(Kernels kernels, String name, Tensor z) {
    Shapes.requireMatrix(z);
    return new StandardNormalLogDensity(kernels, z, z.asNumbers(name, z.trainable()));
  }

  private StandardNormalLogDensity(Kernels kernels, Tensor z, Tensor out) {
    this.kernels = kernels;
    this.z = z;
    this.out = out;
    this.constant = (float) (-0.5 * z.columns() * GaussianLogDensity.LN_TWO_PI);
    this.lanes = new float[out.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(z);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      kernels.latent().squares(z.values(), row * z.stride(), z.columns(), lanes, at);
      out.values()[row] = Math.fma(-0.5f, Kernels.sumLanes(lanes, at), constant);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      int at = row * z.stride();
      kernels.scale(z.values(), -out.gradient()[row], z.gradient(), at, z.columns(), adds);
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
