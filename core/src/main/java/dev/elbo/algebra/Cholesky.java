package dev.elbo.algebra;

/** Lower triangular factors L of covariances L·Lᵀ, row-major [size, size]. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * L of a positive definite matrix, of which the lower triangle is read.
   *
   * @throws IllegalArgumentException where a pivot is not above 0
   */
  public static double[] factor(double[] covariance, int size) {
    double[] l = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[i * size + j];
        for (int k = 0; k < j; k++) {
          sum -= l[i * size + k] * l[j * size + k];
        }
        if (i != j) {
          l[i * size + j] = sum / l[j * size + j];
        } else if (sum > 0) {
          l[i * size + i] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException("pivot %d (=%s) must be above 0".formatted(i, sum));
        }
      }
    }
    return l;
  }

  /** L⁻¹, lower triangular. */
  public static double[] inverse(double[] l, int size) {
    double[] inverse = new double[size * size];
    for (int j = 0; j < size; j++) {
      inverse[j * size + j] = 1 / l[j * size + j];
      for (int i = j + 1; i < size; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= l[i * size + k] * inverse[k * size + j];
        }
        inverse[i * size + j] = sum / l[i * size + i];
      }
    }
    return inverse;
  }

  /** L·C·Lᵀ for a symmetric C: what C is in the coordinates that L whitens. */
  public static double[] congruence(double[] l, double[] c, int size) {
    double[] half = new double[size * size]; // L·C
    for (int i = 0; i < size; i++) {
      for (int k = 0; k <= i; k++) {
        double factor = l[i * size + k];
        for (int j = 0; j < size; j++) {
          half[i * size + j] += factor * c[k * size + j];
        }
      }
    }
    double[] out = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k <= j; k++) {
          sum += half[i * size + k] * l[j * size + k];
        }
        out[i * size + j] = sum;
        out[j * size + i] = sum;
      }
    }
    return out;
  }
}
