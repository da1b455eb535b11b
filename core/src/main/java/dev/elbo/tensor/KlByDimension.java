package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.LatentKernels;
import java.util.List;

/** KL(N(muⱼ, e^logVarⱼ) ‖ N(0, 1)) of each dimension, nats, [rows, columns]. */
final class KlByDimension implements Operation {
  private final LatentKernels kernels;
  private final Tensor mu;
  private final Tensor logVar;
  private final Tensor kl;
  private boolean[] adds;

  static KlByDimension of(Kernels kernels, String name, Tensor mu, Tensor logVar) {
    Shapes.requireAlike(mu, logVar);
    Tensor kl = mu.withColumns(name, mu.columns(), Tensor.anyTrainable(mu, logVar));
    return new KlByDimension(kernels.latent(), mu, logVar, kl);
  }

  private KlByDimension(LatentKernels kernels, Tensor mu, Tensor logVar, Tensor kl) {
    this.kernels = kernels;
    this.mu = mu;
    this.logVar = logVar;
    this.kl = kl;
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
      int at = row * kl.stride();
      kernels.divergence(mu.values(), logVar.values(), kl.values(), at, kl.columns());
    }
  }

  @Override
  public void backward(int from, int to) {
    float[] dMu = mu.trainable() ? mu.gradient() : null;
    float[] dLogVar = logVar.trainable() ? logVar.gradient() : null;
    for (int row = from; row < to; row++) {
      kernels.divergenceBackward(
          mu.values(),
          logVar.values(),
          kl.gradient(),
          dMu,
          adds[0],
          dLogVar,
          adds[1],
          row * kl.stride(),
          kl.columns());
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds;
  }
}
