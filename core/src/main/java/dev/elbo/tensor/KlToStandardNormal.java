package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import java.util.List;

/** KL(N(mu, e^logVar) ‖ N(0, 1)) = ½ Σⱼ (e^logVar + mu² − 1 − logVar), nats a row. */
final class KlToStandardNormal implements Operation {
  private final Kernels kernels;
  private final Tensor mu;
  private final Tensor logVar;
  private final Tensor kl;
  private final float[] lanes;
  private boolean addMu;
  private boolean addLogVar;

  KlToStandardNormal(Kernels kernels, Tensor mu, Tensor logVar, Tensor kl) {
    this.kernels = kernels;
    this.mu = mu;
    this.logVar = logVar;
    this.kl = kl;
    this.lanes = new float[kl.values().length * Kernels.LANES];
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(mu, logVar);
  }

  @Override
  public Tensor output() {
    return kl;
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    for (int row = from; row < to; row++) {
      int at = row * Kernels.LANES;
      kernels.klToStandardNormal(
          mu.values(), logVar.values(), row * mu.stride(), mu.columns(), lanes, at);
      kl.values()[row] = Kernels.sumLanes(lanes, at);
    }
  }

  @Override
  public void backward(int from, int to) {
    for (int row = from; row < to; row++) {
      kernels.klToStandardNormalBackward(
          mu.values(),
          logVar.values(),
          kl.gradient()[row],
          mu.gradient(),
          addMu,
          logVar.gradient(),
          addLogVar,
          row * mu.stride(),
          mu.columns());
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
