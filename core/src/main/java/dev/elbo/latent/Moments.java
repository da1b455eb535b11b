package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;

/** Count, sum and squares of the whitened points of one component, weighted by their shares. */
final class Moments {
  private final int columns;
  private final int stride;
  private final double[] sums; // [columns + 1, columns + 1]; the last column is that of ones
  private final float[] shares;
  private final float[] rows;
  private final float[] weighted;
  private final float[] product;
  private int gathered;

  Moments(int columns, int stride) {
    this.columns = columns;
    this.stride = stride;
    sums = new double[(columns + 1) * (columns + 1)];
    shares = new float[WhitenedTile.ROWS];
    rows = new float[WhitenedTile.ROWS * stride];
    weighted = new float[WhitenedTile.ROWS * stride];
    product = new float[stride * stride];
  }

  /** Keeps a row of a tile for {@link #add}. */
  void gather(float[] y, int offset, float share) {
    System.arraycopy(y, offset, rows, gathered * stride, stride);
    shares[gathered++] = share;
  }

  /** Adds the rows gathered since the last time. */
  void add(Kernels kernels) {
    if (gathered == 0) {
      return;
    }
    for (int row = 0; row < gathered; row++) {
      kernels.scale(rows, shares[row], weighted, row * stride, stride, false);
    }
    int size = columns + 1;
    kernels.multiply(
        size,
        size,
        gathered,
        Matrix.of(weighted, stride).transposed(),
        0,
        Matrix.of(rows, stride),
        Matrix.of(product, stride),
        0,
        null);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        sums[i * size + j] += product[i * stride + j];
      }
    }
    gathered = 0;
  }

  double count() {
    return sums[sums.length - 1];
  }

  /** [columns]. */
  double[] mean() {
    double[] mean = new double[columns];
    for (int j = 0; j < columns; j++) {
      mean[j] = sums[j * (columns + 1) + columns] / count();
    }
    return mean;
  }

  /** Around the mean, [columns, columns]. */
  double[] covariance() {
    double[] mean = mean();
    double[] covariance = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        double square = sums[i * (columns + 1) + j] / count();
        covariance[i * columns + j] = square - mean[i] * mean[j];
      }
    }
    return covariance;
  }
}
