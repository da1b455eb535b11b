package dev.elbo.kernel;

/**
 * The arithmetic of latent variables and of several rows for an image. As with {@link Kernels}, two
 * implementations give the same bits and no method allocates; a gradient that nobody wants is null.
 */
public sealed interface LatentKernels permits PlainLatentKernels, VectorLatentKernels {

  /** to (+)= from. */
  void copy(
      float[] from, int fromOffset, float[] to, int toOffset, int columns, boolean accumulate);

  /** to (+)= Σᵢ of the rows at {@code offset + i·stride}, i ascending. */
  void sumRows(
      float[] from,
      int offset,
      int stride,
      int rows,
      float[] to,
      int toOffset,
      int columns,
      boolean accumulate);

  /** y (+)= a·b, element by element; its own derivative too: da (+)= b·dy. */
  void product(float[] a, float[] b, float[] y, int offset, int columns, boolean accumulate);

  /** Lanes of Σⱼ logVar + (z − mu)²·e^(−logVar): −2 ln N(z; mu, e^logVar) less its constant. */
  void gaussian(
      float[] z,
      float[] mu,
      float[] logVar,
      int offset,
      int columns,
      float[] lanes,
      int lanesOffset);

  /**
   * With d = z − mu and p = e^(−logVar): dz (+)= −g·d·p, dMu (+)= g·d·p and dLogVar (+)= ½g·(d²·p −
   * 1).
   */
  void gaussianBackward(
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
      int columns);

  /** precision = e^(−logVar). */
  void precision(float[] logVar, float[] precision, int offset, int columns);

  /**
   * The log-density of z under many Gaussians, a column each, without its constant: out[i] =
   * −½(start[i] + Σⱼ (z[j] − mu[j, i])²·precision[j, i]), j ascending, for whole padded rows.
   *
   * @param count of Gaussians; mu and precision are [columns, padded count]
   */
  void gaussians(
      float[] z,
      int zOffset,
      int columns,
      float[] mu,
      float[] precision,
      float[] start,
      int count,
      float[] out,
      int outOffset);

  /**
   * One Gaussian's share in the derivative of those: with d = z − mu, dz −= g·d·precision, dMu +=
   * g·d·precision and dLogVar += ½g·(d²·precision − 1).
   */
  void gaussianShare(
      float g,
      float[] z,
      int zOffset,
      float[] mu,
      float[] precision,
      int muOffset,
      int columns,
      float[] dz,
      float[] dMu,
      float[] dLogVar);

  /** Lanes of Σⱼ z². */
  void squares(float[] z, int offset, int columns, float[] lanes, int lanesOffset);

  /** kl = ½(e^logVar + mu² − 1 − logVar), element by element. */
  void divergence(float[] mu, float[] logVar, float[] kl, int offset, int columns);

  /** dMu (+)= dKl·mu and dLogVar (+)= ½dKl·(e^logVar − 1). */
  void divergenceBackward(
      float[] mu,
      float[] logVar,
      float[] dKl,
      float[] dMu,
      boolean addMu,
      float[] dLogVar,
      boolean addLogVar,
      int offset,
      int columns);
}
