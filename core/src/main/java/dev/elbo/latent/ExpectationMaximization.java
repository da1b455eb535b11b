package dev.elbo.latent;

import dev.elbo.algebra.Cholesky;
import dev.elbo.kernel.Kernels;

/**
 * Fits Gaussians with full covariances to points by expectation–maximisation (Dempster, Laird and
 * Rubin 1977). A covariance is drawn towards that of the start as if {@link #PRIOR_POINTS} more
 * points had shown it, and gets a floor, so that a small component stays a Gaussian. One thread
 * does a fit, point after point, so that its bits depend on nothing else.
 */
final class ExpectationMaximization {
  /** Variance that no direction falls below: a hundredth of the prior's deviation. */
  static final double FLOOR = 1e-4;

  static final double PRIOR_POINTS = 60;
  private static final int MOST_STEPS = 40;

  /** Nats a point; below this a further step changes no picture. */
  private static final double ENOUGH = 1e-2;

  /** Points that belong to a component by less than e⁻²⁰ are no part of it. */
  private static final double LEAST_LOG_SHARE = -20;

  private static final double LEAST_COUNT = 1e-6;

  private final Kernels kernels;
  private final Points points;
  private final double[] prior;
  private final int columns;
  private Components components;

  private ExpectationMaximization(Points points, MixtureStart start, Kernels kernels) {
    this.kernels = kernels;
    this.points = points;
    this.columns = points.columns();
    this.prior = start.covariance();
    this.components = start.components();
  }

  /** What the steps end with; a fit to more points may start from it. */
  static MixtureStart fit(Points points, MixtureStart start, Kernels kernels) {
    ExpectationMaximization fit = new ExpectationMaximization(points, start, kernels);
    double before = Double.NEGATIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double now = fit.step();
      if (now - before < ENOUGH) {
        break;
      }
      before = now;
    }
    return new MixtureStart(fit.components, start.covariance());
  }

  /** The mean of log p over points, in nats. */
  static double meanLogDensity(Components components, Points points, Kernels kernels) {
    WhitenedTile tile = new WhitenedTile(components, kernels);
    double[] logs = new double[components.count()];
    double sum = 0;
    for (int from = 0; from < points.count(); from += WhitenedTile.ROWS) {
      int rows = Math.min(WhitenedTile.ROWS, points.count() - from);
      tile.load(points, from, rows);
      for (int row = 0; row < rows; row++) {
        sum += tile.logDensities(row, logs);
      }
    }
    return sum / points.count();
  }

  /** One step; returns the mean log-density before it. */
  private double step() {
    int count = components.count();
    WhitenedTile tile = new WhitenedTile(components, kernels);
    Moments[] moments = new Moments[count];
    for (int k = 0; k < count; k++) {
      moments[k] = new Moments(columns, tile.stride());
    }
    double[] logs = new double[count];
    double sum = 0;
    for (int from = 0; from < points.count(); from += WhitenedTile.ROWS) {
      int rows = Math.min(WhitenedTile.ROWS, points.count() - from);
      tile.load(points, from, rows);
      for (int row = 0; row < rows; row++) {
        double whole = tile.logDensities(row, logs);
        sum += whole;
        for (int k = 0; k < count; k++) {
          if (logs[k] - whole > LEAST_LOG_SHARE) {
            double share = StrictMath.exp(logs[k] - whole);
            moments[k].gather(tile.values(k), tile.at(row), (float) share);
          }
        }
      }
      for (Moments m : moments) {
        m.add(kernels);
      }
    }
    components = maximized(moments);
    return sum / points.count();
  }

  private Components maximized(Moments[] moments) {
    int count = moments.length;
    double[] weights = new double[count];
    double[][] means = new double[count][];
    double[][] factors = new double[count][];
    for (int k = 0; k < count; k++) {
      double n = moments[k].count();
      weights[k] = n / points.count();
      means[k] = components.means()[k];
      factors[k] = components.factors()[k];
      if (n > LEAST_COUNT) {
        double[] whitened = moments[k].covariance();
        double[] covariance = Cholesky.congruence(factors[k], whitened, columns);
        for (int i = 0; i < covariance.length; i++) {
          covariance[i] = (n * covariance[i] + PRIOR_POINTS * prior[i]) / (n + PRIOR_POINTS);
        }
        for (int j = 0; j < columns; j++) {
          covariance[j * columns + j] += FLOOR;
        }
        means[k] = moved(means[k], factors[k], moments[k].mean());
        factors[k] = Cholesky.factor(covariance, columns);
      }
    }
    return new Components(weights, means, factors);
  }

  /** mean + L·shift. */
  private double[] moved(double[] mean, double[] factor, double[] shift) {
    double[] to = mean.clone();
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        to[i] += factor[i * columns + j] * shift[j];
      }
    }
    return to;
  }
}
