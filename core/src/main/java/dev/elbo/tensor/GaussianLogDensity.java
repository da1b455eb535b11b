package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/**
 * log N(z; mu, e^logVar) = −½ Σⱼ (logVarⱼ + (zⱼ − muⱼ)²·e^(−logVarⱼ) + ln 2π), nats a row, with
 * gradients to all three.
 */
final class GaussianLogDensity implements Operation {
  static final double LN_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  private final Kernels kernels;
  private final Tensor z;
  private final Tensor mu;
  private final Tensor logVar;
  private final Tensor out;
  private final float constant;
  private final float[] lanes;
  private boolean[] adds;

  static GaussianLogDensity of(Kernels kernels, String name, Tensor z, Tensor mu, Tensor logVar) {
    Shapes.requireAlike(z, mu);
    Shapes.requireAlike(z, logVar);
    Tensor out = z.asNumbers(name, Tensor.anyTrainable(z, mu, logVar));
    return new GaussianLogDensity(kernels, z, mu, logVar, out);
  }

  private GaussianLogDensity(Kernels kernels, Tensor z, Tensor mu, Tensor logVar, Tensor out) {
    this.kernels = kernels;
    this.z = z;
    this.mu = mu;
    this.logVar = logVar;
    this.out = out;
    this.constant = (float) (-0.5 * z.columns() * LN_TWO_PI);
    this.lanes = new float[out.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(z, mu, logVar);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      kernels
          .latent()
          .gaussian(
              z.values(), mu.values(), logVar.values(), row * z.stride(), z.columns(), lanes, at);
      out.values()[row] = Math.fma(-0.5f, Kernels.sumLanes(lanes, at), constant);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      kernels
          .latent()
          .gaussianBackward(
              z.values(),
              mu.values(),
              logVar.values(),
              out.gradient()[row],
              wanted(z),
              adds[0],
              wanted(mu),
              adds[1],
              wanted(logVar),
              adds[2],
              row * z.stride(),
              z.columns());
    }
  }

  private static float[] wanted(Tensor input) {
    return input.trainable() ? input.gradient() : null;
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds;
  }
}
