package dev.elbo.studio.model;

import dev.elbo.latent.Codes;
import java.util.Arrays;

/** Posteriors of some of the images. */
final class CodesOf {
  private CodesOf() {}

  static Codes part(Codes codes, int from, int count) {
    int latent = codes.latentSize();
    int start = from * latent;
    int end = (from + count) * latent;
    return new Codes(
        count,
        latent,
        Arrays.copyOfRange(codes.mu(), start, end),
        Arrays.copyOfRange(codes.logVar(), start, end));
  }

  /** KL(q(z|x) ‖ N(0, 1)) of each latent dimension of one image, nats. */
  static double[] klPerDimension(Codes codes, int image) {
    return part(codes, image, 1).klPerDimension();
  }
}
