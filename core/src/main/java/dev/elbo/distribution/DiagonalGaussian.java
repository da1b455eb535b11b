package dev.elbo.distribution;

import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/**
 * N(mu, diag(e^logVar)).
 *
 * @param mu [rows, latent]
 * @param logVar [rows, latent]
 */
public record DiagonalGaussian(Tensor mu, Tensor logVar) {

  /**
   * z = mu + e^(logVar/2)·eps, [rows, latent]; gradients pass through (Kingma and Welling 2014).
   */
  public Tensor sample(RowNoise eps) {
    return mu.tape().reparameterize("z", mu, logVar, eps);
  }

  /** k of each, one after another: mu and logVar become [rows·k, latent]. */
  public DiagonalGaussian repeat(int k) {
    Tape tape = mu.tape();
    return new DiagonalGaussian(
        tape.repeatRows("mu", mu, k), tape.repeatRows("log-variance", logVar, k));
  }

  /** The same as data: no gradient passes to mu and logVar. */
  public DiagonalGaussian withoutGradient() {
    Tape tape = mu.tape();
    return new DiagonalGaussian(tape.stopGradient(mu), tape.stopGradient(logVar));
  }

  /** log N(z; mu, e^logVar), [rows], nats. */
  public Tensor logProb(Tensor z) {
    return logProb("log q(z|x)", z);
  }

  /** The same where it is another's density than q(z|x)'s. */
  public Tensor logProb(String name, Tensor z) {
    return mu.tape().gaussianLogDensity(name, z, mu, logVar);
  }

  /** KL(this ‖ N(0, 1)) = ½ Σⱼ (e^logVarⱼ + muⱼ² − 1 − logVarⱼ), [rows], nats. */
  public Tensor klTo(StandardNormal prior) {
    return mu.tape().klToStandardNormal("KL", mu, logVar);
  }

  /** The terms of that sum, [rows, latent], nats. */
  public Tensor klByDimension(StandardNormal prior) {
    return mu.tape().klByDimension("KL of each dimension", mu, logVar);
  }
}
