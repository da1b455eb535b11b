package dev.elbo.kernel;

/** The specification: plain loops. */
final class PlainKernels implements Kernels {
  private final LatentKernels latent = new PlainLatentKernels();

  @Override
  public String description() {
    return "plain";
  }

  @Override
  public LatentKernels latent() {
    return latent;
  }

  @Override
  public void multiply(
      int m, int n, int k, Matrix a, int aRow, Matrix b, Matrix c, int cRow, Matrix start) {
    int width = Kernels.padded(n);
    float[] out = c.values();
    for (int i = 0; i < m; i++) {
      int ci = c.at(cRow + i);
      for (int j = 0; j < width; j++) {
        out[ci + j] = start == null ? 0f : start.values()[start.at(cRow + i) + j];
      }
      for (int p = 0; p < k; p++) {
        float factor = a.values()[a.at(aRow + i) + p * a.columnStride()];
        addScaled(factor, b.values(), b.at(p), out, ci, width);
      }
    }
  }

  private static void addScaled(
      float factor, float[] row, int rowOffset, float[] out, int outOffset, int length) {
    for (int j = 0; j < length; j++) {
      out[outOffset + j] = Math.fma(factor, row[rowOffset + j], out[outOffset + j]);
    }
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
    int width = Kernels.padded(n);
    for (int j = 0; j < width; j++) {
      c[cOffset + j] = start == null ? 0f : start[j];
    }
    for (int p = listOffset; p < listOffset + count; p++) {
      float factor = a[aOffset + list[p] * aStep];
      addScaled(factor, b.values(), b.at(list[p]), c, cOffset, width);
    }
  }

  @Override
  public int listBits(byte[] marks, int from, int step, int bytes, int[] list) {
    int count = 0;
    for (int i = 0; i < bytes; i++) {
      int bits = marks[from + i * step] & 0xff;
      while (bits != 0) {
        list[count++] = i * Byte.SIZE + Integer.numberOfTrailingZeros(bits);
        bits &= bits - 1;
      }
    }
    return count;
  }

  @Override
  public void sumRows(
      int rows, int columns, Matrix a, float[] out, int outOffset, boolean accumulate) {
    for (int j = 0; j < Kernels.padded(columns); j++) {
      float sum = accumulate ? out[outOffset + j] : 0f;
      for (int r = 0; r < rows; r++) {
        sum += a.values()[a.at(r) + j];
      }
      out[outOffset + j] = sum;
    }
  }

  @Override
  public void apply(ElementFunction f, float[] x, float[] y, int offset, int length) {
    for (int j = offset; j < offset + length; j++) {
      y[j] = value(f, x[j]);
    }
  }

  static float value(ElementFunction f, float x) {
    return switch (f) {
      case RELU -> Math.max(x, 0f);
      case TANH -> Elementary.tanh(x);
      case SIGMOID -> Elementary.sigmoid(x);
      case SOFTPLUS -> Elementary.softplus(x);
      case BOUND -> Elementary.bound(x);
    };
  }

  @Override
  public void applyBackward(
      ElementFunction f, float[] y, float[] dy, float[] dx, int offset, int n, boolean accumulate) {
    for (int j = offset; j < offset + n; j++) {
      float product = slopeTimes(f, y[j], dy[j]);
      dx[j] = accumulate ? dx[j] + product : product;
    }
  }

  static float slopeTimes(ElementFunction f, float y, float dy) {
    return switch (f) {
      case RELU -> {
        int keep = -Float.floatToRawIntBits(y) >> 31;
        yield Float.intBitsToFloat(Float.floatToRawIntBits(dy) & keep);
      }
      case TANH -> Math.fma(-y, y, 1f) * dy;
      case SIGMOID -> Math.fma(-y, y, y) * dy;
      case SOFTPLUS -> -Elementary.expm1OfNegative(-y) * dy;
      case BOUND -> {
        float u = Math.max(Math.abs(y) - Elementary.BOUND, 0f) * (1f / Elementary.SLACK);
        yield Math.fma(-u, u, 1f) * dy;
      }
    };
  }

  @Override
  public void normals(long key, float[] out, int offset, int columns) {
    for (int j = 0; j < columns; j++) {
      out[offset + j] = normal(key, j);
    }
  }

  /** Columns come in groups of 32: a block of the generator serves lane l and lane 16 + l. */
  static float normal(long key, int column) {
    int pair = (column >> 5) * LANES + (column & 15);
    long block = Threefry.block(key, pair);
    return Elementary.normal((int) (block >>> 32), (int) block, (column & 16) != 0);
  }

  @Override
  public void reparameterize(
      float[] mu, float[] logVar, float[] deviation, float[] z, int offset, int columns) {
    for (int j = offset; j < offset + columns; j++) {
      float scaled = Elementary.exp(0.5f * logVar[j]) * deviation[j];
      deviation[j] = scaled;
      z[j] = mu[j] + scaled;
    }
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
    for (int j = offset; j < offset + columns; j++) {
      float forLogVar = 0.5f * deviation[j] * dz[j];
      dMu[j] = addMu ? dMu[j] + dz[j] : dz[j];
      dLogVar[j] = addLogVar ? dLogVar[j] + forLogVar : forLogVar;
    }
  }

  @Override
  public void klToStandardNormal(
      float[] mu, float[] logVar, int offset, int columns, float[] lanes, int lanesOffset) {
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      lanes[lanesOffset + (j & 15)] += kl(mu[offset + j], logVar[offset + j]);
    }
  }

  static float kl(float mu, float logVar) {
    return 0.5f * (Math.fma(mu, mu, Elementary.exp(logVar) - 1f) - logVar);
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
    for (int j = offset; j < offset + columns; j++) {
      float forMu = g * mu[j];
      float forLogVar = 0.5f * g * (Elementary.exp(logVar[j]) - 1f);
      dMu[j] = addMu ? dMu[j] + forMu : forMu;
      dLogVar[j] = addLogVar ? dLogVar[j] + forLogVar : forLogVar;
    }
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
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] += bernoulli(logits[at], x[at], derivative, at);
    }
  }

  /**
   * With e = e^(−|l|): softplus(l) = ½(l + |l|) + ln(1 + e) and σ(l) = ½ + (1/(1 + e) − ½)·sign l.
   */
  static float bernoulli(float logit, float x, float[] derivative, int at) {
    float magnitude = Math.abs(logit);
    float e = Elementary.expOfMinus(magnitude);
    if (derivative != null) {
      float half = Elementary.copySign(1f / (1f + e) - 0.5f, logit);
      derivative[at] = x - (0.5f + half);
    }
    return Math.fma(x, logit, -0.5f * (logit + magnitude)) - Elementary.log1pOfUnit(e);
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
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int at = offset + j;
      float difference = x[at] - y[at];
      if (derivative != null) {
        derivative[at] = difference;
      }
      int lane = lanesOffset + (j & 15);
      lanes[lane] = Math.fma(difference, difference, lanes[lane]);
    }
  }

  private static void clear(float[] lanes, int offset) {
    for (int j = 0; j < LANES; j++) {
      lanes[offset + j] = 0f;
    }
  }

  @Override
  public void scale(
      float[] from, float factor, float[] to, int offset, int columns, boolean accumulate) {
    for (int j = offset; j < offset + columns; j++) {
      to[j] = accumulate ? Math.fma(factor, from[j], to[j]) : factor * from[j];
    }
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
    float poison = 0f;
    for (int j = 0; j < length; j++) {
      poison = adam(w, m, v, offset + j, g[gOffset + j], scalars, poison);
    }
    return poison == 0f;
  }

  /** Zero times a finite number is zero; anything else poisons the sum for good. */
  static float adam(
      float[] w, float[] m, float[] v, int at, float g, AdamScalars scalars, float poison) {
    float first = Math.fma(scalars.beta1, m[at], scalars.rest1 * g);
    if (Math.abs(first) < AdamScalars.SMALLEST_FIRST) {
      first = 0f;
    }
    float second = Math.fma(scalars.beta2, v[at], scalars.rest2 * g * g);
    float denominator = Math.fma((float) Math.sqrt(second), scalars.rootScale, scalars.epsilon);
    float weight = w[at] - scalars.stepSize * first / denominator;
    m[at] = first;
    v[at] = second;
    w[at] = weight;
    return Math.fma(weight, 0f, Math.fma(second, 0f, poison));
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
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] +=
          PlainDensities.continuousBernoulli(logits[at], x[at], derivative, at);
    }
  }

  @Override
  public void continuousBernoulliMean(float[] logits, float[] mean, int offset, int columns) {
    for (int j = offset; j < offset + columns; j++) {
      mean[j] = PlainDensities.continuousBernoulliMean(logits[j]);
    }
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
    clear(lanes, lanesOffset);
    for (int j = 0; j < columns; j++) {
      int at = offset + j;
      lanes[lanesOffset + (j & 15)] +=
          PlainDensities.gaussian(x[at] - mean[at], logVar[at], byMean, byLogVar, at);
    }
  }
}
