package dev.elbo.studio.model;

import dev.elbo.latent.Codes;
import java.util.Arrays;

/**
 * What images come to under a model, at one fixed draw of each posterior.
 *
 * @param reconstruction −log p(x|z), nats, [images]
 * @param kl KL(q(z|x) ‖ p(z)), nats, [images]
 * @param codes q(z|x)
 */
record Scores(double[] reconstruction, double[] kl, Codes codes) {

  /** The evidence lower bound of an image, nats. */
  double elbo(int image) {
    return -(reconstruction[image] + kl[image]);
  }

  Scores part(int from, int count) {
    return new Scores(
        Arrays.copyOfRange(reconstruction, from, from + count),
        Arrays.copyOfRange(kl, from, from + count),
        CodesOf.part(codes, from, count));
  }
}
