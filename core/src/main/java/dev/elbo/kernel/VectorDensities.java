package dev.elbo.kernel;

import static dev.elbo.kernel.Kernels.LANES;
import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.V_HALF;
import static dev.elbo.kernel.VectorElementary.V_MINUS_HALF;
import static dev.elbo.kernel.VectorElementary.V_ONE;
import static dev.elbo.kernel.VectorElementary.all;
import static dev.elbo.kernel.VectorKernels.load;

import jdk.incubator.vector.FloatVector;

/** {@link PlainDensities}, operation by operation, on rows of whole vectors. */
final class VectorDensities {
  private static final int WIDTH = FLOATS.length();

  private VectorDensities() {}

  static void continuousBernoulli(
      float[] logits,
      float[] x,
      float[] derivative,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset) {
    int whole = columns / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = all(0f);
      for (int j = offset + lane; j < offset + whole; j += LANES) {
        FloatVector logit = load(logits, j);
        FloatVector pixel = load(x, j);
        if (derivative != null) {
          pixel.sub(continuousBernoulliMean(logit)).intoArray(derivative, j);
        }
        sum = sum.add(continuousBernoulli(logit, pixel));
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] +=
          PlainDensities.continuousBernoulli(logits[at], x[at], derivative, at);
    }
  }

  private static FloatVector continuousBernoulli(FloatVector logit, FloatVector x) {
    FloatVector magnitude = logit.abs();
    FloatVector linear = x.fma(logit, logit.add(magnitude).mul(V_MINUS_HALF));
    return linear.sub(VectorElementary.logMeanDecay(magnitude));
  }

  static FloatVector continuousBernoulliMean(FloatVector logit) {
    FloatVector sign = VectorElementary.copySign(V_ONE, logit);
    FloatVector centre = VectorElementary.decayCentre(logit.abs());
    return sign.neg().fma(centre, V_HALF.fma(sign, V_HALF));
  }

  static void gaussian(
      float[] mean,
      float[] logVar,
      float[] x,
      float[] byMean,
      float[] byLogVar,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset) {
    int whole = columns / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = all(0f);
      for (int j = offset + lane; j < offset + whole; j += LANES) {
        FloatVector spread = load(logVar, j);
        FloatVector difference = load(x, j).sub(load(mean, j));
        FloatVector scaled = difference.mul(VectorElementary.exp(spread.neg()));
        FloatVector square = difference.mul(scaled);
        if (byMean != null) {
          scaled.intoArray(byMean, j);
        }
        if (byLogVar != null) {
          V_HALF.fma(square, V_MINUS_HALF).intoArray(byLogVar, j);
        }
        sum = sum.add(spread.add(square).mul(V_MINUS_HALF));
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] +=
          PlainDensities.gaussian(x[at] - mean[at], logVar[at], byMean, byLogVar, at);
    }
  }
}
