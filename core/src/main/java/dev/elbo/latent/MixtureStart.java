package dev.elbo.latent;

import dev.elbo.algebra.Cholesky;
import dev.elbo.tensor.Noise;
import java.util.Arrays;

/**
 * Where expectation–maximisation begins: centres drawn as k-means++ does (Arthur and Vassilvitskii
 * 2007), every point to the nearest, and one covariance for all, that of the points around their
 * centres.
 *
 * @param covariance row-major [columns, columns]
 */
record MixtureStart(Components components, double[] covariance) {

  static MixtureStart of(Points points, int count, Noise noise) {
    int[] nearest = assign(points, count, noise);
    int columns = points.columns();
    double[] weights = new double[count];
    double[][] means = new double[count][columns];
    for (int i = 0; i < points.count(); i++) {
      weights[nearest[i]]++;
      for (int j = 0; j < columns; j++) {
        means[nearest[i]][j] += points.at(i, j);
      }
    }
    for (int k = 0; k < count; k++) {
      for (int j = 0; j < columns; j++) {
        means[k][j] /= Math.max(1, weights[k]);
      }
      weights[k] /= points.count();
    }
    double[] covariance = pooled(points, nearest, means);
    double[][] factors = new double[count][];
    Arrays.fill(factors, Cholesky.factor(covariance, columns));
    return new MixtureStart(new Components(weights, means, factors), covariance);
  }

  /** The number of the nearest centre of each point; a centre is drawn by squared distance. */
  private static int[] assign(Points points, int count, Noise noise) {
    int[] nearest = new int[points.count()];
    double[] squares = new double[points.count()];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    int centre = noise.below(points.count(), 0);
    for (int k = 0; k < count; k++) {
      double total = 0;
      for (int i = 0; i < points.count(); i++) {
        double square = squaredDistance(points, i, centre);
        if (square < squares[i]) {
          squares[i] = square;
          nearest[i] = k;
        }
        total += squares[i];
      }
      centre = draw(squares, noise.uniform(k + 1) * total);
    }
    return nearest;
  }

  private static double squaredDistance(Points points, int a, int b) {
    double sum = 0;
    for (int j = 0; j < points.columns(); j++) {
      double difference = points.at(a, j) - points.at(b, j);
      sum += difference * difference;
    }
    return sum;
  }

  /** The first point up to which the squares add up to more than {@code mark}. */
  private static int draw(double[] squares, double mark) {
    double sum = 0;
    for (int i = 0; i < squares.length; i++) {
      sum += squares[i];
      if (sum > mark) {
        return i;
      }
    }
    return squares.length - 1;
  }

  private static double[] pooled(Points points, int[] nearest, double[][] means) {
    int columns = points.columns();
    double[] covariance = new double[columns * columns];
    double[] difference = new double[columns];
    for (int i = 0; i < points.count(); i++) {
      for (int j = 0; j < columns; j++) {
        difference[j] = points.at(i, j) - means[nearest[i]][j];
      }
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k <= j; k++) {
          covariance[j * columns + k] += difference[j] * difference[k];
        }
      }
    }
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k <= j; k++) {
        covariance[j * columns + k] /= points.count();
        covariance[k * columns + j] = covariance[j * columns + k];
      }
      covariance[j * columns + j] += ExpectationMaximization.FLOOR;
    }
    return covariance;
  }
}
