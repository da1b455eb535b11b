package dev.elbo.algebra;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Singular values by rotations of pairs of rows until all are orthogonal (Hestenes 1958): the rows
 * are then σᵢ·vᵢᵀ with orthonormal v. Of a symmetric matrix without negative eigenvalues those are
 * its eigenvalues and eigenvectors. Errors are roundings of the largest value.
 */
public final class OneSidedJacobi {
  /** Rows count as orthogonal where turning them would change less than this share of the whole. */
  private static final double TOLERANCE = 1e-14;

  /** Seven or eight are usual, and each squares what is left. */
  private static final int MOST_SWEEPS = 60;

  private final double[][] rows;
  private final double norm;

  private OneSidedJacobi(double[] matrix, int size) {
    rows = new double[size][size];
    double squares = 0;
    for (int i = 0; i < size; i++) {
      System.arraycopy(matrix, i * size, rows[i], 0, size);
      squares += dot(rows[i], rows[i]);
    }
    norm = Math.sqrt(squares);
    int sweeps = 0;
    while (sweep() && sweeps < MOST_SWEEPS) {
      sweeps++;
    }
  }

  /** Of a square matrix, row-major; in no order. */
  public static double[] singularValues(double[] matrix, int size) {
    OneSidedJacobi jacobi = new OneSidedJacobi(matrix, size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Math.sqrt(dot(jacobi.rows[i], jacobi.rows[i]));
    }
    return values;
  }

  /** The symmetric square root Σ √σᵢ·vᵢvᵢᵀ of a covariance, row-major. */
  public static double[] root(double[] covariance, int size) {
    OneSidedJacobi jacobi = new OneSidedJacobi(covariance, size);
    double[] root = new double[size * size];
    for (double[] row : jacobi.rows) {
      double value = Math.sqrt(dot(row, row));
      // Below it a row is a rounding, and its direction nobody's.
      if (value > TOLERANCE * size * jacobi.norm) {
        double scale = Math.sqrt(value) / (value * value);
        for (int i = 0; i < size; i++) {
          double factor = scale * row[i];
          for (int j = 0; j < size; j++) {
            root[i * size + j] += factor * row[j];
          }
        }
      }
    }
    return root;
  }

  /**
   * Eigenvectors of a symmetric matrix without negative eigenvalues, each times its eigenvalue,
   * those of the largest first; of equals in the order of the rows they came from.
   */
  public static double[][] scaledEigenvectors(double[] matrix, int size) {
    double[][] rows = new OneSidedJacobi(matrix, size).rows;
    Arrays.sort(rows, Comparator.comparingDouble(row -> -dot(row, row)));
    return rows;
  }

  /** Takes every pair of rows once; whether one was turned. */
  private boolean sweep() {
    boolean turned = false;
    for (int p = 0; p < rows.length; p++) {
      for (int q = p + 1; q < rows.length; q++) {
        turned |= orthogonalize(rows[p], rows[q]);
      }
    }
    return turned;
  }

  private boolean orthogonalize(double[] p, double[] q) {
    double pp = dot(p, p);
    double qq = dot(q, q);
    double pq = dot(p, q);
    if (Math.abs(pq) <= TOLERANCE * norm * Math.sqrt(Math.max(pp, qq))) {
      return false;
    }
    double zeta = (qq - pp) / (2 * pq);
    double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = cosine * tangent;
    for (int j = 0; j < p.length; j++) {
      double was = p[j];
      p[j] = cosine * was - sine * q[j];
      q[j] = sine * was + cosine * q[j];
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
