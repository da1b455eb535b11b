package dev.elbo.kernel;

import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.V_HALF;
import static dev.elbo.kernel.VectorElementary.V_MINUS_HALF;
import static dev.elbo.kernel.VectorElementary.V_ONE;
import static dev.elbo.kernel.VectorElementary.all;
import static dev.elbo.kernel.VectorKernels.load;
import static dev.elbo.kernel.VectorKernels.store;

import jdk.incubator.vector.FloatVector;

/**
 * {@link PlainLatentKernels} on whole unmasked vectors; the plain ones do what is left of a row.
 */
final class VectorLatentKernels implements LatentKernels {
  private static final int WIDTH = FLOATS.length();
  private static final PlainLatentKernels PLAIN = new PlainLatentKernels();

  @Override
  public void copy(
      float[] from, int fromOffset, float[] to, int toOffset, int columns, boolean accumulate) {
    int whole = FLOATS.loopBound(columns);
    for (int j = 0; j < whole; j += WIDTH) {
      store(load(from, fromOffset + j), to, toOffset + j, accumulate);
    }
    PLAIN.copy(from, fromOffset + whole, to, toOffset + whole, columns - whole, accumulate);
  }

  @Override
  public void sumRows(
      float[] from,
      int offset,
      int stride,
      int rows,
      float[] to,
      int toOffset,
      int columns,
      boolean accumulate) {
    int whole = FLOATS.loopBound(columns);
    for (int j = 0; j < whole; j += WIDTH) {
      FloatVector sum = accumulate ? load(to, toOffset + j) : all(0f);
      for (int i = 0; i < rows; i++) {
        sum = sum.add(load(from, offset + i * stride + j));
      }
      sum.intoArray(to, toOffset + j);
    }
    PLAIN.sumRows(
        from, offset + whole, stride, rows, to, toOffset + whole, columns - whole, accumulate);
  }

  @Override
  public void product(
      float[] a, float[] b, float[] y, int offset, int columns, boolean accumulate) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      store(load(a, j).mul(load(b, j)), y, j, accumulate);
    }
    PLAIN.product(a, b, y, whole, offset + columns - whole, accumulate);
  }

  @Override
  public void gaussian(
      float[] z,
      float[] mu,
      float[] logVar,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset) {
    int whole = columns / Kernels.LANES * Kernels.LANES;
    for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
      FloatVector sum = all(0f);
      for (int j = offset + lane; j < offset + whole; j += Kernels.LANES) {
        FloatVector d = load(z, j).sub(load(mu, j));
        FloatVector l = load(logVar, j);
        sum = sum.add(d.mul(d).fma(VectorElementary.exp(l.neg()), l));
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] += PlainLatentKernels.gaussian(z[at], mu[at], logVar[at]);
    }
  }

  @Override
  public void gaussianBackward(
      float[] z,
      float[] mu,
      float[] logVar,
      float g,
      float[] dz,
      boolean addZ,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    FloatVector factor = all(g);
    FloatVector half = all(0.5f * g);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector d = load(z, j).sub(load(mu, j));
      FloatVector scaled = d.mul(VectorElementary.exp(load(logVar, j).neg()));
      FloatVector slope = factor.mul(scaled);
      if (dz != null) {
        store(slope.neg(), dz, j, addZ);
      }
      if (dMu != null) {
        store(slope, dMu, j, addMu);
      }
      if (dLogVar != null) {
        store(half.mul(d.fma(scaled, V_ONE.neg())), dLogVar, j, addLogVar);
      }
    }
    int left = offset + columns - whole;
    PLAIN.gaussianBackward(z, mu, logVar, g, dz, addZ, dMu, addMu, dLogVar, addLogVar, whole, left);
  }

  @Override
  public void precision(float[] logVar, float[] precision, int offset, int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      VectorElementary.exp(load(logVar, j).neg()).intoArray(precision, j);
    }
    PLAIN.precision(logVar, precision, whole, offset + columns - whole);
  }

  @Override
  public void gaussians(
      float[] z,
      int zOffset,
      int columns,
      float[] mu,
      float[] precision,
      float[] start,
      int count,
      float[] out,
      int outOffset) {
    int width = Kernels.padded(count);
    for (int i = 0; i < width; i += WIDTH) {
      FloatVector sum = load(start, i);
      for (int j = 0; j < columns; j++) {
        FloatVector d = all(z[zOffset + j]).sub(load(mu, j * width + i));
        sum = d.mul(d).fma(load(precision, j * width + i), sum);
      }
      sum.mul(V_MINUS_HALF).intoArray(out, outOffset + i);
    }
  }

  @Override
  public void gaussianShare(
      float g,
      float[] z,
      int zOffset,
      float[] mu,
      float[] precision,
      int muOffset,
      int columns,
      float[] dz,
      float[] dMu,
      float[] dLogVar) {
    int whole = FLOATS.loopBound(columns);
    FloatVector factor = all(g);
    for (int j = 0; j < whole; j += WIDTH) {
      int at = muOffset + j;
      FloatVector d = load(z, zOffset + j).sub(load(mu, at));
      FloatVector slope = factor.mul(d.mul(load(precision, at)));
      if (dz != null) {
        store(slope.neg(), dz, zOffset + j, true);
      }
      if (dMu != null) {
        store(slope, dMu, at, true);
      }
      if (dLogVar != null) {
        store(slope.fma(d, factor.neg()).mul(V_HALF), dLogVar, at, true);
      }
    }
    PLAIN.gaussianShare(
        g, z, zOffset + whole, mu, precision, muOffset + whole, columns - whole, dz, dMu, dLogVar);
  }

  @Override
  public void squares(float[] z, int offset, int columns, float[] lanes, int lanesOffset) {
    int whole = columns / Kernels.LANES * Kernels.LANES;
    for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
      FloatVector sum = all(0f);
      for (int j = offset + lane; j < offset + whole; j += Kernels.LANES) {
        sum = load(z, j).fma(load(z, j), sum);
      }
      sum.intoArray(lanes, lanesOffset + lane);
    }
    for (int j = whole; j < columns; j++) {
      int lane = lanesOffset + (j & 15);
      lanes[lane] = Math.fma(z[offset + j], z[offset + j], lanes[lane]);
    }
  }

  @Override
  public void divergence(float[] mu, float[] logVar, float[] kl, int offset, int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector m = load(mu, j);
      FloatVector l = load(logVar, j);
      m.fma(m, VectorElementary.exp(l).sub(V_ONE)).sub(l).mul(V_HALF).intoArray(kl, j);
    }
    PLAIN.divergence(mu, logVar, kl, whole, offset + columns - whole);
  }

  @Override
  public void divergenceBackward(
      float[] mu,
      float[] logVar,
      float[] dKl,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns) {
    int whole = offset + FLOATS.loopBound(columns);
    for (int j = offset; j < whole; j += WIDTH) {
      FloatVector g = load(dKl, j);
      if (dMu != null) {
        store(g.mul(load(mu, j)), dMu, j, addMu);
      }
      if (dLogVar != null) {
        FloatVector slope = VectorElementary.exp(load(logVar, j)).sub(V_ONE);
        store(V_HALF.mul(g).mul(slope), dLogVar, j, addLogVar);
      }
    }
    int left = offset + columns - whole;
    PLAIN.divergenceBackward(mu, logVar, dKl, dMu, addMu, dLogVar, addLogVar, whole, left);
  }
}
