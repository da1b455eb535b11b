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
