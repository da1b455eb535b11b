package dev.elbo.kernel;

import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.V_HALF;
import static dev.elbo.kernel.VectorElementary.V_MINUS_HALF;
import static dev.elbo.kernel.VectorElementary.V_ONE;
import static dev.elbo.kernel.VectorElementary.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link PlainKernels} on the JDK's Vector API, in whole unmasked vectors; what is left of a row
 * goes through the scalar code of the plain kernels.
 */
final class VectorKernels implements Kernels {
  private static final int WIDTH = FLOATS.length();

  private final LatentKernels latent = new VectorLatentKernels();

  @Override
  public String description() {
    return "vector, " + FLOATS.vectorBitSize() + " bits";
  }

  @Override
  public LatentKernels latent() {
    return latent;
  }

  static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }

  static void store(FloatVector value, float[] to, int at, boolean accumulate) {
    (accumulate ? load(to, at).add(value) : value).intoArray(to, at);
  }

  @Override
  public void multiply(
      int m, int n, int k, Matrix a, int aRow, Matrix b, Matrix c, int cRow, Matrix start) {
    VectorProduct.multiply(m, n, k, a, aRow, b, c, cRow, start);
  }

  @Override
  public void multiplyListed(
      int n,
      int[] list,
      int listOffset,
      int count,
      float[] a,
      int aOffset,
      int aStep,
      Matrix b,
      float[] c,
      int cOffset,
      float[] start) {
    VectorListedProduct.multiply(
        n, list, listOffset, count, a, aOffset, aStep, b, c, cOffset, start);
  }

  @Override
  public int listBits(byte[] marks, int from, int step, int bytes, int[] list) {
    return VectorBitList.FITS
        ? VectorBitList.list(marks, from, step, bytes, list)
        : PLAIN.listBits(marks, from, step, bytes, list);
  }

  @Override
  public void sumRows(
      int rows, int columns, Matrix a, float[] out, int outOffset, boolean accumulate) {
    for (int j = 0; j < Kernels.padded(columns); j += WIDTH) {
      FloatVector sum = accumulate ? load(out, outOffset + j) : all(0f);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(load(a.values(), a.at(r) + j));
      }
      sum.intoArray(out, outOffset + j);
    }
  }

  @Override
  public void apply(ElementFunction f, float[] x, float[] y, int offset, int length) {
    int whole = offset + FLOATS.loopBound(length);
    switch (f) {
      case RELU -> VectorFunctions.relu(x, y, offset, whole);
      case TANH -> VectorFunctions.tanh(x, y, offset, whole);
      case SIGMOID -> VectorFunctions.sigmoid(x, y, offset, whole);
      case SOFTPLUS -> VectorFunctions.softplus(x, y, offset, whole);
      case BOUND -> VectorFunctions.bound(x, y, offset, whole);
    }
    PLAIN.apply(f, x, y, whole, offset + length - whole);
  }

  @Override
  public void applyBackward(
      ElementFunction f, float[] y, float[] dy, float[] dx, int offset, int n, boolean accumulate) {
    int whole = offset + FLOATS.loopBound(n);
    switch (f) {
      case RELU -> VectorFunctions.reluBackward(y, dy, dx, offset, whole, accumulate);
      case TANH -> VectorFunctions.tanhBackward(y, dy, dx, offset, whole, accumulate);
      case SIGMOID -> VectorFunctions.sigmoidBackward(y, dy, dx, offset, whole, accumulate);
      case SOFTPLUS -> VectorFunctions.softplusBackward(y, dy, dx, offset, whole, accumulate);
      case BOUND -> VectorFunctions.boundBackward(y, dy, dx, offset, whole, accumulate);
    }
    PLAIN.applyBackward(f, y, dy, dx, whole, offset + n - whole, accumulate);
  }

  @Override
  public void normals(long key, float[] out, int offset, int columns) {
    int whole = columns / (2 * LANES) * (2 * LANES);
    VectorNormals.fill(key, out, offset, whole);
    for (int j = whole; j < columns; j++) {
      out[offset + j] = PlainKernels.normal(key, j);
    }
  }

  @Override
  public void reparameterize(
      float[] mu, float[] logVar, float[] deviation, float[] z, int offset, int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector scaled = VectorElementary.exp(load(logVar, j).mul(0.5f)).mul(load(deviation, j));
      scaled.intoArray(deviation, j);
      load(mu, j).add(scaled).intoArray(z, j);
    }
    PLAIN.reparameterize(mu, logVar, deviation, z, whole, offset + columns - whole);
  }

  @Override
  public void reparameterizeBackward(
      float[] deviation,
      float[] dz,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector from = load(dz, j);
      FloatVector forLogVar = load(deviation, j).mul(0.5f).mul(from);
      store(from, dMu, j, addMu);
      store(forLogVar, dLogVar, j, addLogVar);
    }
    PLAIN.reparameterizeBackward(
        deviation, dz, dMu, addMu, dLogVar, addLogVar, whole, offset + columns - whole);
  }

  @Override
  public void klToStandardNormal(
      float[] mu, float[] logVar, int offset, int columns, float[] lanes, int lanesOffset) {
    int whole = columns / LANES * LANES;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = all(0f);
      for (int j = lane; j < whole; j += LANES) {
        FloatVector m = load(mu, offset + j);
        FloatVector l = load(logVar, offset + j);
        sum = sum.add(m.fma(m, VectorElementary.exp(l).sub(1f)).sub(l).mul(0.5f));
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      lanes[lanesOffset + (j & 15)] += PlainKernels.kl(mu[offset + j], logVar[offset + j]);
    }
  }

  @Override
  public void klToStandardNormalBackward(
      float[] mu,
      float[] logVar,
      float g,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      store(all(g).mul(load(mu, j)), dMu, j, addMu);
      FloatVector slope = VectorElementary.exp(load(logVar, j)).sub(1f);
      store(all(0.5f * g).mul(slope), dLogVar, j, addLogVar);
    }
    PLAIN.klToStandardNormalBackward(
        mu, logVar, g, dMu, addMu, dLogVar, addLogVar, whole, offset + columns - whole);
  }

  @Override
  public void bernoulli(
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
        FloatVector l = load(logits, j);
        FloatVector pixel = load(x, j);
        FloatVector magnitude = l.abs();
        FloatVector e = VectorElementary.expOfMinus(magnitude);
        if (derivative != null) {
          FloatVector half = VectorElementary.copySign(V_ONE.div(e.add(V_ONE)).sub(V_HALF), l);
          pixel.sub(half.add(V_HALF)).intoArray(derivative, j);
        }
        FloatVector logProb =
            pixel.fma(l, l.add(magnitude).mul(V_MINUS_HALF)).sub(VectorElementary.log1pOfUnit(e));
        sum = sum.add(logProb);
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] += PlainKernels.bernoulli(logits[at], x[at], derivative, at);
    }
  }

  @Override
  public void squaredError(
      float[] y,
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
        FloatVector difference = load(x, j).sub(load(y, j));
        if (derivative != null) {
          difference.intoArray(derivative, j);
        }
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      float difference = x[offset + j] - y[offset + j];
      if (derivative != null) {
        derivative[offset + j] = difference;
      }
      int lane = lanesOffset + (j & 15);
      lanes[lane] = Math.fma(difference, difference, lanes[lane]);
    }
  }

  @Override
  public void scale(
      float[] from, float factor, float[] to, int offset, int columns, boolean accumulate) {
    int whole = offset + FLOATS.loopBound(columns);
    FloatVector factors = all(factor);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector value =
          accumulate ? factors.fma(load(from, j), load(to, j)) : factors.mul(load(from, j));
      value.intoArray(to, j);
    }
    PLAIN.scale(from, factor, to, whole, offset + columns - whole, accumulate);
  }

  @Override
  public boolean adam(
      float[] w,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int length,
      AdamScalars scalars) {
    FloatVector beta1 = all(scalars.beta1);
    FloatVector beta2 = all(scalars.beta2);
    FloatVector rest1 = all(scalars.rest1);
    FloatVector rest2 = all(scalars.rest2);
    FloatVector poison = all(0f);
    int whole = FLOATS.loopBound(length);
    for (int j = 0; j < whole; j += WIDTH) {
      FloatVector gradient = load(g, gOffset + j);
      FloatVector decayed = beta1.fma(load(m, offset + j), rest1.mul(gradient));
      FloatVector first =
          decayed.blend(0f, decayed.abs().compare(VectorOperators.LT, AdamScalars.SMALLEST_FIRST));
      FloatVector second = beta2.fma(load(v, offset + j), rest2.mul(gradient).mul(gradient));
      FloatVector denominator = second.sqrt().fma(all(scalars.rootScale), all(scalars.epsilon));
      FloatVector weight =
          load(w, offset + j).sub(all(scalars.stepSize).mul(first).div(denominator));
      first.intoArray(m, offset + j);
      second.intoArray(v, offset + j);
      weight.intoArray(w, offset + j);
      poison = weight.fma(all(0f), second.fma(all(0f), poison));
    }
    float scalarPoison = 0f;
    for (int j = whole; j < length; j++) {
      scalarPoison = PlainKernels.adam(w, m, v, offset + j, g[gOffset + j], scalars, scalarPoison);
    }
    return scalarPoison == 0f && isZero(poison);
  }

  @Override
  public void continuousBernoulli(
      float[] logits,
      float[] x,
      float[] derivative,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset) {
    VectorDensities.continuousBernoulli(logits, x, derivative, offset, columns, lanes, lanesOffset);
  }

  @Override
  public void continuousBernoulliMean(float[] logits, float[] mean, int offset, int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      VectorDensities.continuousBernoulliMean(load(logits, j)).intoArray(mean, j);
    }
    PLAIN.continuousBernoulliMean(logits, mean, whole, offset + columns - whole);
  }

  @Override
  public void gaussian(
      float[] mean,
      float[] logVar,
      float[] x,
      float[] byMean,
      float[] byLogVar,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset) {
    VectorDensities.gaussian(
        mean, logVar, x, byMean, byLogVar, offset, columns, lanes, lanesOffset);
  }

  private static boolean isZero(FloatVector vector) {
    return vector.compare(VectorOperators.EQ, 0f).allTrue();
  }

  private static final PlainKernels PLAIN = new PlainKernels();
}
