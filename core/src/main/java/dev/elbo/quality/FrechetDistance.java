package dev.elbo.quality;

import dev.elbo.algebra.OneSidedJacobi;

/**
 * Between Gaussians with the moments of two sets (Dowson and Landau 1982, Heusel et al. 2017): ‖m₁
 * − m₂‖² + tr C₁ + tr C₂ − 2·tr (C₁C₂)^½. The last trace is the sum of the singular values of
 * C₁^½·C₂^½, which takes no root of a product whose rounding may have left it indefinite.
 */
final class FrechetDistance {
  private final FeatureMoments from;
  private final double[] root;

  /** From one set to others. */
  FrechetDistance(FeatureMoments from) {
    this.from = from;
    this.root = OneSidedJacobi.root(from.covariance(), from.mean().length);
  }

  /** Squared, as it is customarily reported. */
  double to(FeatureMoments other) {
    int size = root.length / from.mean().length;
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double difference = from.mean()[i] - other.mean()[i];
      sum += difference * difference;
      sum += from.covariance()[i * size + i] + other.covariance()[i * size + i];
    }
    double[] otherRoot = OneSidedJacobi.root(other.covariance(), size);
    for (double value : OneSidedJacobi.singularValues(product(root, otherRoot, size), size)) {
      sum -= 2 * value;
    }
    return Math.max(0, sum);
  }

  private static double[] product(double[] a, double[] b, int size) {
    double[] c = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        double factor = a[i * size + k];
        for (int j = 0; j < size; j++) {
          c[i * size + j] += factor * b[k * size + j];
        }
      }
    }
    return c;
  }
}
