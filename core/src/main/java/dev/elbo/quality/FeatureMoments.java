package dev.elbo.quality;

/**
 * Mean and covariance of vectors, in doubles, summed in their order.
 *
 * @param mean [columns]
 * @param covariance [columns, columns], its sums divided by count − 1
 */
record FeatureMoments(double[] mean, double[] covariance) {

  /**
   * @param vectors two or more
   */
  static FeatureMoments of(Vectors vectors) {
    int columns = vectors.columns();
    double[] mean = new double[columns];
    for (int row = 0; row < vectors.count(); row++) {
      for (int j = 0; j < columns; j++) {
        mean[j] += vectors.values()[row * vectors.stride() + j];
      }
    }
    for (int j = 0; j < columns; j++) {
      mean[j] /= vectors.count();
    }
    double[] covariance = new double[columns * columns];
    double[] centred = new double[columns];
    for (int row = 0; row < vectors.count(); row++) {
      for (int j = 0; j < columns; j++) {
        centred[j] = vectors.values()[row * vectors.stride() + j] - mean[j];
      }
      addSquare(centred, covariance);
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        double value = covariance[i * columns + j] / (vectors.count() - 1);
        covariance[i * columns + j] = value;
        covariance[j * columns + i] = value;
      }
    }
    return new FeatureMoments(mean, covariance);
  }

  /** Adds x·xᵀ, the lower triangle alone. */
  private static void addSquare(double[] x, double[] sums) {
    for (int i = 0; i < x.length; i++) {
      int at = i * x.length;
      for (int j = 0; j <= i; j++) {
        sums[at + j] += x[i] * x[j];
      }
    }
  }
}
