package dev.elbo.kernel;

/**
 * The arithmetic of Elbo on arrays of floats. Both implementations give the same bits; {@link
 * PlainKernels} is the specification. No method allocates.
 */
public sealed interface Kernels permits PlainKernels, VectorKernels {
  /** The fixed virtual width in which rows are summed, and to which rows of matrices are padded. */
  int LANES = 16;

  /** Rows in a tile of a product; callers that can choose give multiples of it. */
  int TILE = 8;

  /** Below this, plain kernels are done before vector ones are compiled. */
  long FEW_TERMS = 500_000_000;

  /** The kernels that suit this machine; see {@link KernelChoice}. */
  static Kernels best() {
    return KernelChoice.chosen().kernels();
  }

  /**
   * Those that end first with a process's only work. Vector kernels take most of a second until
   * they are compiled; plain ones do a thousand million terms of a product in that time.
   *
   * @param terms fused multiply-adds in all
   */
  static Kernels of(long terms) {
    String wish = System.getenv("ELBO_KERNELS");
    return terms < FEW_TERMS && (wish == null || wish.isBlank()) ? plain() : best();
  }

  /** The specification. */
  static Kernels plain() {
    return new PlainKernels();
  }

  /** The least multiple of {@link #LANES} that is not below {@code columns}. */
  static int padded(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  /** {@code plain} or {@code vector}, with the width in bits. */
  String description();

  /**
   * c[i, j] = start[i, j] + Σₖ a[i, k]·b[k, j], k ascending, each term one fused multiply-add. Of
   * c, b and start whole padded rows are used: strides are multiples of {@link #LANES}. Of a, rows
   * up to the next multiple of {@link #TILE} may be read, of c written.
   *
   * @param start null for zeros; c itself to accumulate; a bias with {@code startStride} 0
   */
  void multiply(
      int m, int n, int k, Matrix a, int aRow, Matrix b, Matrix c, int cRow, Matrix start);

  /**
   * One row of a product of which only listed terms count: c[j] = start[j] + Σₚ
   * a[list[p]]·b[list[p], j], p ascending, each term one fused multiply-add. Where the list leaves
   * out zeros of a, that is the row of {@link #multiply} up to the sign of a zero, as long as b is
   * finite.
   *
   * @param a element i is {@code a[aOffset + i·aStep]}
   * @param start null for zeros
   */
  void multiplyListed(
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
      float[] start);

  /**
   * Lists the set bits of bytes, ascending: bit b of byte {@code marks[from + i·step]} is number 8i
   * + b.
   *
   * @param list has room for eight numbers more than there are set bits, and they may be written
   * @return how many bits are set
   */
  int listBits(byte[] marks, int from, int step, int bytes, int[] list);

  /** out[j] (+)= Σᵣ a[r, j], r ascending, over the padded row. */
  void sumRows(int rows, int columns, Matrix a, float[] out, int outOffset, boolean accumulate);

  /** y = f(x). */
  void apply(ElementFunction f, float[] x, float[] y, int offset, int length);

  /** dx (+)= f′·dy, with f′ computed from y = f(x). */
  void applyBackward(
      ElementFunction f, float[] y, float[] dy, float[] dx, int offset, int n, boolean accumulate);

  /** Standard normal deviates of the stream of a key; column j depends on key and j alone. */
  void normals(long key, float[] out, int offset, int columns);

  /** deviation = e^(logVar/2)·eps and z = mu + deviation. On entry {@code deviation} holds eps. */
  void reparameterize(
      float[] mu, float[] logVar, float[] deviation, float[] z, int offset, int columns);

  /** dMu (+)= dz and dLogVar (+)= ½·deviation·dz. */
  void reparameterizeBackward(
      float[] deviation,
      float[] dz,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns);

  /** Lanes of Σⱼ ½(e^logVar + mu² − 1 − logVar), the KL from N(mu, e^logVar) to N(0, 1). */
  void klToStandardNormal(
      float[] mu, float[] logVar, int offset, int columns, float[] lanes, int lanesOffset);

  /** dMu (+)= g·mu and dLogVar (+)= g·½(e^logVar − 1). */
  void klToStandardNormalBackward(
      float[] mu,
      float[] logVar,
      float g,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns);

  /**
   * Lanes of Σⱼ x·l − softplus(l), the Bernoulli log-probability of x under logits l; where {@code
   * derivative} is not null it becomes x − σ(l).
   */
  void bernoulli(
      float[] logits,
      float[] x,
      float[] derivative,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset);

  /** Lanes of Σⱼ (x − y)²; where {@code derivative} is not null it becomes x − y. */
  void squaredError(
      float[] y,
      float[] x,
      float[] derivative,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset);

  /** to (+)= factor·from. */
  void scale(float[] from, float factor, float[] to, int offset, int columns, boolean accumulate);

  /**
   * One update of Adam (Kingma and Ba 2015) on a range of weights: m = β₁m + (1 − β₁)g, v = β₂v +
   * (1 − β₂)g², w −= stepSize·m/(√v·rootScale + ε); an m below 2⁻¹⁰⁰ in size counts as zero.
   *
   * @return whether every new value of w, m and v is finite
   */
  boolean adam(
      float[] w,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int length,
      AdamScalars scalars);

  /**
   * Lanes of Σⱼ x·l − ln((e^l − 1)/l), the continuous Bernoulli log-density of x under logits l
   * (Loaiza-Ganem and Cunningham 2019); where {@code derivative} is not null it becomes x − E[x].
   */
  void continuousBernoulli(
      float[] logits,
      float[] x,
      float[] derivative,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset);

  /** mean = E[x] of the continuous Bernoulli with these logits, 1/(1 − e^(−l)) − 1/l. */
  void continuousBernoulliMean(float[] logits, float[] mean, int offset, int columns);

  /**
   * Lanes of −½ Σⱼ (logVar + (x − mean)²·e^(−logVar)), a Gaussian log-density without its constant;
   * those of the derivatives with respect to mean and logVar that are not null are set.
   */
  void gaussian(
      float[] mean,
      float[] logVar,
      float[] x,
      float[] byMean,
      float[] byLogVar,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset);

  /** The arithmetic of latent variables, of the same kind. */
  LatentKernels latent();

  /** Adds the lanes of a row by a fixed tree: halves onto halves. */
  static float sumLanes(float[] lanes, int offset) {
    float a0 = (lanes[offset] + lanes[offset + 8]) + (lanes[offset + 4] + lanes[offset + 12]);
    float a1 = (lanes[offset + 1] + lanes[offset + 9]) + (lanes[offset + 5] + lanes[offset + 13]);
    float a2 = (lanes[offset + 2] + lanes[offset + 10]) + (lanes[offset + 6] + lanes[offset + 14]);
    float a3 = (lanes[offset + 3] + lanes[offset + 11]) + (lanes[offset + 7] + lanes[offset + 15]);
    return (a0 + a2) + (a1 + a3);
  }
}
