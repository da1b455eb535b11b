package dev.elbo.tensor;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;

/**
 * The tape's operations on one row, in double, straight from their formulas: what tests hold the
 * floats and their gradients against. Weights are [out, in], as in files.
 */
public final class Doubles {
  private Doubles() {}

  public static double[] of(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  public static double[] affine(double[] x, double[] weight, double[] bias) {
    double[] y = bias.clone();
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  public static double[] apply(ElementFunction f, double[] x) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] = value(f, x[j]);
    }
    return y;
  }

  /** A linear layer's output times the sigmoid of its gate's. */
  public static double[] gated(double[] linear, double[] gate) {
    double[] open = apply(ElementFunction.SIGMOID, gate);
    double[] y = new double[linear.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = linear[j] * open[j];
    }
    return y;
  }

  private static double value(ElementFunction f, double x) {
    return switch (f) {
      case RELU -> Math.max(x, 0);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> softplus(x);
      case BOUND -> {
        double excess = Math.max(Math.abs(x) - 12, 0) / 4;
        yield Math.copySign(Math.min(Math.abs(x), 12) + 4 * StrictMath.tanh(excess), x);
      }
    };
  }

  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** The noise that a tape draws for a row with this key. */
  public static double[] eps(long key, int columns) {
    float[] eps = new float[columns];
    Kernels.plain().normals(key, eps, 0, columns);
    return of(eps);
  }

  public static double[] reparameterize(double[] mu, double[] logVar, double[] eps) {
    double[] z = new double[mu.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = mu[j] + StrictMath.exp(logVar[j] / 2) * eps[j];
    }
    return z;
  }

  /** KL(N(mu, σ²) ‖ N(0, 1)) from E[ln q − ln p] with σ: −ln σ + (σ² + mu²)/2 − 1/2. */
  public static double kl(double[] mu, double[] logVar) {
    double sum = 0;
    for (int j = 0; j < mu.length; j++) {
      double sigma = StrictMath.exp(logVar[j] / 2);
      sum += -StrictMath.log(sigma) + (sigma * sigma + mu[j] * mu[j]) / 2 - 0.5;
    }
    return sum;
  }

  public static double bernoulli(double[] logits, double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      // x·ln p + (1 − x)·ln(1 − p), with ln p = −softplus(−l) and ln(1 − p) = −softplus(l).
      sum -= x[j] * softplus(-logits[j]) + (1 - x[j]) * softplus(logits[j]);
    }
    return sum;
  }

  /** From the density l·e^(lx)/(e^l − 1), which for l = 0 is 1. */
  public static double continuousBernoulli(double[] logits, double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double l = logits[j];
      sum += x[j] * l - (l == 0 ? 0 : StrictMath.log(StrictMath.expm1(l) / l));
    }
    return sum;
  }

  public static double pixelGaussian(double[] mean, double[] logVar, double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double sigma = StrictMath.exp(logVar[j] / 2);
      sum += gaussian(new double[] {mean[j]}, new double[] {x[j]}, sigma);
    }
    return sum;
  }

  public static double gaussian(double[] mean, double[] x, double sigma) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double standard = (x[j] - mean[j]) / sigma;
      sum -= standard * standard / 2 + StrictMath.log(sigma * StrictMath.sqrt(2 * StrictMath.PI));
    }
    return sum;
  }

  /** log N(z; mu, e^logVar). */
  public static double logDensity(double[] z, double[] mu, double[] logVar) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      double[] one = {z[j]};
      sum += gaussian(new double[] {mu[j]}, one, StrictMath.exp(logVar[j] / 2));
    }
    return sum;
  }

  /** ln of the mean of eˣ. */
  public static double logMeanExp(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : x) {
      sum += StrictMath.exp(value - largest);
    }
    return largest + StrictMath.log(sum / x.length);
  }
}
