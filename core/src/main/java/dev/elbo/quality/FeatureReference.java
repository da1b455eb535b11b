package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;

/** Features of real images, prepared for others to be compared with. */
record FeatureReference(FrechetDistance frechet, NeighbourBalls balls) {

  static FeatureReference of(Vectors features, Kernels kernels, Team team) {
    return new FeatureReference(
        new FrechetDistance(FeatureMoments.of(features)),
        NeighbourBalls.around(features, kernels, team));
  }
}
