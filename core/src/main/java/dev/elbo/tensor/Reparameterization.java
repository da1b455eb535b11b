package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** z = mu + e^(logVar/2)·eps: a draw from N(mu, e^logVar) that gradients pass through. */
final class Reparameterization implements Operation {
  private final Kernels kernels;
  private final Tensor mu;
  private final Tensor logVar;
  private final RowNoise noise;
  private final Tensor z;
  private final float[] deviation;
  private boolean addMu;
  private boolean addLogVar;

  Reparameterization(Kernels kernels, Tensor mu, Tensor logVar, RowNoise noise, Tensor z) {
    this.kernels = kernels;
    this.mu = mu;
    this.logVar = logVar;
    this.noise = noise;
    this.z = z;
    this.deviation = new float[z.values().length];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mu, logVar);
  }

  @Override
  public Tensor output() {
    return z;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    int samples = z.axis().perBase();
    for (int row = from; row < to; row++) {
      int at = row * z.stride();
      kernels.normals(noise.key(row / samples, row % samples), deviation, at, z.columns());
      kernels.reparameterize(mu.values(), logVar.values(), deviation, z.values(), at, z.columns());
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      kernels.reparameterizeBackward(
          deviation,
          z.gradient(),
          mu.gradient(),
          addMu,
          logVar.gradient(),
          addLogVar,
          row * z.stride(),
          z.columns());
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    // The kernel writes both, also where only one of them is trainable.
    mu.wantGradient();
    logVar.wantGradient();
    addMu = adds[0];
    addLogVar = adds[1];
  }
}
