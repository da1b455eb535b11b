package dev.elbo.map;

import dev.elbo.algebra.OneSidedJacobi;

/**
 * The plane through the mean of a cloud that holds most of its variance (Pearson 1901): x and y of
 * a point are its projections on the two leading eigenvectors of the covariance.
 *
 * @param centre [dimensions], what lies at (0, 0)
 * @param axes [2][dimensions], orthonormal; the second is zero in a space of one dimension
 * @param variances along the axes
 */
public record PrincipalPlane(double[] centre, double[][] axes, double[] variances) {
  /** Below this share of the largest variance an eigenvector is a rounding, not a direction. */
  private static final double NOTHING = 1e-12;

  /** Of a cloud of at least one point. */
  public static PrincipalPlane of(Cloud cloud) {
    int size = cloud.dimensions();
    double[] centre = mean(cloud);
    double[][] eigenvectors = OneSidedJacobi.scaledEigenvectors(covariance(cloud, centre), size);
    double[][] axes = new double[2][size];
    double[] variances = new double[2];
    double largest = length(eigenvectors[0]);
    for (int k = 0; k < Math.min(2, size); k++) {
      double variance = length(eigenvectors[k]);
      if (variance > NOTHING * largest) {
        variances[k] = variance;
        axes[k] = oriented(eigenvectors[k], variance);
      } else {
        axes[k] = unitVectorBeside(axes[0]);
      }
    }
    return new PrincipalPlane(centre, axes, variances);
  }

  /** The plane that a cloud of two dimensions already is: coordinates stay as they are. */
  public static PrincipalPlane ofItself(Cloud cloud) {
    if (cloud.dimensions() != 2) {
      throw new IllegalArgumentException(
          "dimensions (=%d) must be 2".formatted(cloud.dimensions()));
    }
    double[] covariance = covariance(cloud, mean(cloud));
    return new PrincipalPlane(
        new double[2],
        new double[][] {{1, 0}, {0, 1}},
        new double[] {covariance[0], covariance[3]});
  }

  /** The map. */
  public Cloud project(Cloud cloud) {
    float[] plane = new float[cloud.count() * 2];
    for (int i = 0; i < cloud.count(); i++) {
      for (int k = 0; k < 2; k++) {
        double sum = 0;
        for (int j = 0; j < centre.length; j++) {
          sum += (cloud.at(i, j) - centre[j]) * axes[k][j];
        }
        plane[i * 2 + k] = (float) sum;
      }
    }
    return new Cloud(cloud.count(), 2, plane);
  }

  /** What the plane holds at (x, y), back in the space: centre + x·axis₀ + y·axis₁. */
  public float[] at(double x, double y) {
    float[] point = new float[centre.length];
    for (int j = 0; j < point.length; j++) {
      point[j] = (float) (centre[j] + x * axes[0][j] + y * axes[1][j]);
    }
    return point;
  }

  private static double[] mean(Cloud cloud) {
    int size = cloud.dimensions();
    double[] mean = new double[size];
    for (int i = 0; i < cloud.count(); i++) {
      for (int j = 0; j < size; j++) {
        mean[j] += cloud.at(i, j);
      }
    }
    for (int j = 0; j < size; j++) {
      mean[j] /= cloud.count();
    }
    return mean;
  }

  private static double[] covariance(Cloud cloud, double[] centre) {
    int size = cloud.dimensions();
    double[] covariance = new double[size * size];
    double[] point = new double[size];
    for (int i = 0; i < cloud.count(); i++) {
      for (int j = 0; j < size; j++) {
        point[j] = cloud.at(i, j) - centre[j];
      }
      for (int j = 0; j < size; j++) {
        double factor = point[j];
        int row = j * size;
        for (int k = j; k < size; k++) {
          covariance[row + k] += factor * point[k];
        }
      }
    }
    for (int j = 0; j < size; j++) {
      for (int k = j; k < size; k++) {
        covariance[j * size + k] /= cloud.count();
        covariance[k * size + j] = covariance[j * size + k];
      }
    }
    return covariance;
  }

  /** Of length 1, and its largest component (of equals the first) positive. */
  private static double[] oriented(double[] vector, double length) {
    int largest = 0;
    for (int j = 1; j < vector.length; j++) {
      if (Math.abs(vector[j]) > Math.abs(vector[largest])) {
        largest = j;
      }
    }
    double scale = Math.copySign(1 / length, vector[largest]);
    double[] axis = new double[vector.length];
    for (int j = 0; j < axis.length; j++) {
      axis[j] = vector[j] * scale;
    }
    return axis;
  }

  /** The coordinate axis that is nearest to orthogonal, made so; of a zero vector the first. */
  private static double[] unitVectorBeside(double[] axis) {
    int least = 0;
    for (int j = 1; j < axis.length; j++) {
      if (Math.abs(axis[j]) < Math.abs(axis[least])) {
        least = j;
      }
    }
    double[] beside = new double[axis.length];
    for (int j = 0; j < axis.length; j++) {
      beside[j] = (j == least ? 1 : 0) - axis[least] * axis[j];
    }
    return oriented(beside, length(beside));
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
