package dev.elbo.latent;

import java.util.Arrays;

/**
 * A mixture of Gaussians over codes. In the active dimensions each component has a mean and a full
 * covariance; the others, which carry nothing, are independent normals shared by all. It holds
 * floats, so that a file gives back the same bits.
 *
 * @param active the active dimensions, ascending
 * @param weights [components]; they add up to 1
 * @param classes [components], the class that each was fitted to; empty without labels
 * @param means [components, active]
 * @param factors [components, active·(active + 1)/2], lower Cholesky factors row after row
 * @param restMean [latent], used outside the active dimensions
 * @param restDeviation [latent]
 */
public record Mixture(
    int[] active,
    float[] weights,
    int[] classes,
    float[] means,
    float[] factors,
    float[] restMean,
    float[] restDeviation) {
  private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  public int components() {
    return weights.length;
  }

  public int latentSize() {
    return restMean.length;
  }

  /** Whether draws of this class can be had. */
  public boolean hasClass(int label) {
    return Arrays.stream(classes).anyMatch(c -> c == label);
  }

  /** How many floats the lower triangle of a matrix of this size has. */
  public static int triangle(int size) {
    return size * (size + 1) / 2;
  }

  /** ln p(z) of the code at {@code offset}, in nats. */
  public double logDensity(float[] z, int offset) {
    double[] logs = new double[components()];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.log(weights[k]) + logDensityOf(k, z, offset);
      most = Math.max(most, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - most);
    }
    return most + StrictMath.log(sum) + logDensityOfRest(z, offset);
  }

  private double logDensityOf(int component, float[] z, int offset) {
    int columns = active.length;
    double[] y = new double[columns];
    double log = -0.5 * columns * LOG_TWO_PI;
    int at = component * triangle(columns);
    for (int i = 0; i < columns; i++) {
      double rest = (double) z[offset + active[i]] - means[component * columns + i];
      for (int j = 0; j < i; j++) {
        rest -= factors[at++] * y[j];
      }
      double diagonal = factors[at++];
      y[i] = rest / diagonal;
      log -= StrictMath.log(diagonal) + 0.5 * y[i] * y[i];
    }
    return log;
  }

  private double logDensityOfRest(float[] z, int offset) {
    double log = 0;
    int next = 0;
    for (int j = 0; j < latentSize(); j++) {
      if (next < active.length && active[next] == j) {
        next++;
        continue;
      }
      double y = ((double) z[offset + j] - restMean[j]) / restDeviation[j];
      log -= 0.5 * (LOG_TWO_PI + y * y) + StrictMath.log(restDeviation[j]);
    }
    return log;
  }
}
