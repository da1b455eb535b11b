package dev.elbo.evaluation;

import dev.elbo.data.Images;
import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.distribution.Gaussian;
import dev.elbo.distribution.StandardNormal;
import dev.elbo.latent.Codes;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * Probabilistic PCA (Tipping and Bishop 1999): x = W·z + b + σ·noise, so that x ~ N(b, W·Wᵀ + σ²I).
 * The columns of W are orthogonal, which makes the posterior of z a diagonal Gaussian.
 */
final class LinearGaussian implements LogWeights {
  private static final int SIDE = 2;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LATENT = 2;
  private static final double SIGMA = 0.2;

  /** [pixels, latent]. */
  private static final double[][] W = {{0.25, 0.5}, {0.25, -0.5}, {0.25, 0.25}, {0.25, -0.25}};

  private static final double[] B = {0.5, 0.25, 0.375, 0.625};

  private final Parameter weight = Parameter.weight("weight", LATENT, PIXELS);
  private final Parameter bias = Parameter.bias("bias", PIXELS);

  LinearGaussian() {
    float[] w = new float[PIXELS * LATENT];
    float[] b = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      b[i] = (float) B[i];
      for (int j = 0; j < LATENT; j++) {
        w[i * LATENT + j] = (float) W[i][j];
      }
    }
    weight.set(w);
    bias.set(b);
  }

  @Override
  public Tensor of(Tensor x, IntUnaryOperator labelOfRow, DiagonalGaussian q, RowNoise eps, int k) {
    Tape tape = x.tape();
    DiagonalGaussian each = q.repeat(k);
    Tensor z = each.sample(eps);
    Gaussian p = new Gaussian(tape.affine("W·z + b", z, weight, bias), SIGMA);
    Scalar one = new Scalar(1);
    return tape.weightedSum(
        "log w",
        List.of(
            p.logProb(tape.repeatRows("x", x, k)),
            StandardNormal.PRIOR.logProb(z),
            each.logProb(z)),
        List.of(one, one, new Scalar(-1)));
  }

  Images images(int count) {
    byte[] pixels = new byte[count * PIXELS];
    new Random(8).nextBytes(pixels);
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  private static double[] pixels(Images images, int image) {
    double[] x = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      x[i] = (images.pixels()[image * PIXELS + i] & 0xff) / 255f;
    }
    return x;
  }

  /** wⱼ·wⱼ. */
  private static double square(int j) {
    double sum = 0;
    for (double[] row : W) {
      sum += row[j] * row[j];
    }
    return sum;
  }

  /** wⱼ·(x − b). */
  private static double projection(double[] x, int j) {
    double sum = 0;
    for (int i = 0; i < PIXELS; i++) {
      sum += W[i][j] * (x[i] - B[i]);
    }
    return sum;
  }

  /**
   * p(z|x) = N(wⱼ·(x − b)/(wⱼ·wⱼ + σ²), σ²/(wⱼ·wⱼ + σ²)), or something near it.
   *
   * @param moved by so much
   * @param wider the variance times so much
   */
  Codes posteriors(Images images, double moved, double wider) {
    float[] mu = new float[images.count() * LATENT];
    float[] logVar = new float[mu.length];
    for (int i = 0; i < mu.length; i++) {
      int j = i % LATENT;
      double scale = square(j) + SIGMA * SIGMA;
      mu[i] = (float) (projection(pixels(images, i / LATENT), j) / scale + moved);
      logVar[i] = (float) Math.log(SIGMA * SIGMA / scale * wider);
    }
    return new Codes(images.count(), LATENT, mu, logVar);
  }

  /** log N(x; b, W·Wᵀ + σ²I): along wⱼ the variance is wⱼ·wⱼ + σ², in the other directions σ². */
  double meanLogLikelihood(Images images) {
    double sum = 0;
    for (int image = 0; image < images.count(); image++) {
      double[] x = pixels(images, image);
      double rest = 0;
      for (int i = 0; i < PIXELS; i++) {
        rest += (x[i] - B[i]) * (x[i] - B[i]);
      }
      double logDensity = 0;
      for (int j = 0; j < LATENT; j++) {
        double along = projection(x, j) / Math.sqrt(square(j));
        logDensity += logNormal(along * along, square(j) + SIGMA * SIGMA, 1);
        rest -= along * along;
      }
      sum += logDensity + logNormal(rest, SIGMA * SIGMA, PIXELS - LATENT);
    }
    return sum / images.count();
  }

  private static double logNormal(double squares, double variance, int dimensions) {
    return -0.5 * (squares / variance + dimensions * Math.log(2 * Math.PI * variance));
  }
}
