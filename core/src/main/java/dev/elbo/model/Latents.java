package dev.elbo.model;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.tensor.GradientScale;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Draws of the latent variables of images, k for each one after another: z = (z₁, …, z_L) with z₁ ~
 * q(z₁|x) and z_l ~ q(z_l|z_{l−1}). Densities are recorded when they are asked for.
 */
public final class Latents {
  private static final Scalar ONE = new Scalar(1);

  private final Vae vae;
  private final List<Tensor> z;

  /** Element l is what element l of z was drawn from. */
  private final List<DiagonalGaussian> q;

  private Latents(Vae vae, List<Tensor> z, List<DiagonalGaussian> q) {
    this.vae = vae;
    this.z = z;
    this.q = q;
  }

  /**
   * @param first q(z₁|x), [rows, latent]
   */
  static Latents of(Vae vae, DiagonalGaussian first, int k, RowNoise eps) {
    List<Tensor> z = new ArrayList<>();
    List<DiagonalGaussian> q = new ArrayList<>();
    q.add(first.repeat(k)); // [rows·k, latent]
    z.add(q.get(0).sample(eps)); // [rows·k, latent]
    for (StochasticLayer layer : vae.further()) {
      int number = z.size();
      q.add(layer.up().of(z.get(number - 1)));
      z.add(q.get(number).sample(eps.layer(number)));
    }
    return new Latents(vae, z, q);
  }

  /** z₁, which images are decoded from, [rows·k, latent]. */
  public Tensor first() {
    return z.get(0);
  }

  /** log q(z|x) of all layers, [rows·k], nats. */
  public Tensor logPosterior() {
    List<Tensor> terms = new ArrayList<>();
    for (int l = 0; l < z.size(); l++) {
      terms.add(q.get(l).logProb(z.get(l)));
    }
    return sum("log q(z|x)", terms);
  }

  /** log p(z) = log p(z_L) + Σ log p(z_l|z_{l+1}), [rows·k], nats. */
  public Tensor logPrior() {
    List<Tensor> terms = new ArrayList<>();
    int top = z.size() - 1;
    terms.add(vae.logPriorOfTop(z.get(top)));
    for (int l = top; l > 0; l--) {
      DiagonalGaussian p = vae.further().get(l - 1).down().of(z.get(l));
      terms.add(p.logProb("log p(z|z above)", z.get(l - 1)));
    }
    return sum("log p(z)", terms);
  }

  private static Tensor sum(String name, List<Tensor> terms) {
    Tape tape = terms.get(0).tape();
    return terms.size() == 1
        ? terms.get(0)
        : tape.weightedSum(name, terms, Collections.nCopies(terms.size(), ONE));
  }

  /**
   * The same draws for a gradient that reaches the encoder through them alone: its weights in the
   * densities of q are constants. And the gradient of each draw is multiplied on its way to the
   * encoder, once, however many layers lie between.
   */
  public Latents throughDrawsAlone(GradientScale scale) {
    List<Tensor> scaled = new ArrayList<>();
    List<DiagonalGaussian> densities = new ArrayList<>();
    for (int l = 0; l < z.size(); l++) {
      Tensor here = z.get(l);
      Tape tape = here.tape();
      if (l == 0) {
        densities.add(q.get(0).withoutGradient());
      } else {
        // q(z_l|z_{l−1}) once more: as a density it may be moved by z_{l−1}, not by its weights.
        GaussianNetwork up = vae.further().get(l - 1).up();
        Tensor below = scaled.get(l - 1);
        densities.add(tape.withFixedWeights(() -> up.of(below)));
      }
      scaled.add(tape.scaleGradient(here, scale));
    }
    return new Latents(vae, scaled, densities);
  }
}
