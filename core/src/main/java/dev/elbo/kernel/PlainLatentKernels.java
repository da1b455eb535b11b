package dev.elbo.kernel;

/** The specification: plain loops. */
final class PlainLatentKernels implements LatentKernels {

  @Override
  public void copy(
      float[] from, int fromOffset, float[] to, int toOffset, int columns, boolean accumulate) {
    for (int j = 0; j < columns; j++) {
      float value = from[fromOffset + j];
      to[toOffset + j] = accumulate ? to[toOffset + j] + value : value;
    }
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
    for (int j = 0; j < columns; j++) {
      float sum = accumulate ? to[toOffset + j] : 0f;
      for (int i = 0; i < rows; i++) {
        sum += from[offset + i * stride + j];
      }
      to[toOffset + j] = sum;
    }
  }

  @Override
  public void product(
      float[] a, float[] b, float[] y, int offset, int columns, boolean accumulate) {
    for (int j = offset; j < offset + columns; j++) {
      add(a[j] * b[j], y, j, accumulate);
    }
  }

  private static void add(float value, float[] to, int at, boolean accumulate) {
    if (to != null) {
      to[at] = accumulate ? to[at] + value : value;
    }
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
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] += gaussian(z[at], mu[at], logVar[at]);
    }
  }

  static float gaussian(float z, float mu, float logVar) {
    float d = z - mu;
    return Math.fma(d * d, Elementary.exp(-logVar), logVar);
  }

  private static void clear(float[] lanes, int offset) {
    for (int j = 0; j < Kernels.LANES; j++) {
      lanes[offset + j] = 0f;
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
    for (int j = offset; j < offset + columns; j++) {
      float d = z[j] - mu[j];
      float scaled = d * Elementary.exp(-logVar[j]);
      float slope = g * scaled;
      add(-slope, dz, j, addZ);
      add(slope, dMu, j, addMu);
      add(0.5f * g * Math.fma(d, scaled, -1f), dLogVar, j, addLogVar);
    }
  }

  @Override
  public void precision(float[] logVar, float[] precision, int offset, int columns) {
    for (int j = offset; j < offset + columns; j++) {
      precision[j] = Elementary.exp(-logVar[j]);
    }
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
    for (int i = 0; i < width; i++) {
      float sum = start[i];
      for (int j = 0; j < columns; j++) {
        float d = z[zOffset + j] - mu[j * width + i];
        sum = Math.fma(d * d, precision[j * width + i], sum);
      }
      out[outOffset + i] = -0.5f * sum;
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
    for (int j = 0; j < columns; j++) {
      float d = z[zOffset + j] - mu[muOffset + j];
      float slope = g * (d * precision[muOffset + j]);
      add(-slope, dz, zOffset + j, true);
      add(slope, dMu, muOffset + j, true);
      add(0.5f * Math.fma(slope, d, -g), dLogVar, muOffset + j, true);
    }
  }

  @Override
  public void squares(float[] z, int offset, int columns, float[] lanes, int lanesOffset) {
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int lane = lanesOffset + (j & 15);
      lanes[lane] = Math.fma(z[offset + j], z[offset + j], lanes[lane]);
    }
  }

  @Override
  public void divergence(float[] mu, float[] logVar, float[] kl, int offset, int columns) {
    for (int j = offset; j < offset + columns; j++) {
      kl[j] = PlainKernels.kl(mu[j], logVar[j]);
    }
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
    for (int j = offset; j < offset + columns; j++) {
      add(dKl[j] * mu[j], dMu, j, addMu);
      add(0.5f * dKl[j] * (Elementary.exp(logVar[j]) - 1f), dLogVar, j, addLogVar);
    }
  }
}
