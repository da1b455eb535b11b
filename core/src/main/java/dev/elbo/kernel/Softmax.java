package dev.elbo.kernel;

/**
 * Sums of exponentials that do not overflow: the largest is taken out first. One implementation
 * serves all kernels, since there are only as many of them as samples or classes.
 */
public final class Softmax {
  /**
   * Smaller weights count as zero. They would change nothing, but gradients that they multiply
   * become denormal numbers, on which processors are a hundred times slower.
   */
  static final float LEAST_WEIGHT = 0x1p-64f;

  private Softmax() {}

  /**
   * ln Σᵢ e^xᵢ, i ascending; of one number, that number exactly. At most 2⁻²⁴·(count + 4) nats off,
   * and the rounding of the result.
   *
   * @param weights where not null it becomes e^xᵢ/Σ, at the same offset; x itself will do
   */
  public static float logSumExp(float[] x, int offset, int count, float[] weights) {
    float largest = x[offset];
    for (int i = offset + 1; i < offset + count; i++) {
      largest = Math.max(largest, x[i]);
    }
    float sum = 0f;
    for (int i = offset; i < offset + count; i++) {
      float e = Elementary.exp(x[i] - largest);
      sum += e;
      if (weights != null) {
        weights[i] = e;
      }
    }
    if (weights != null) {
      for (int i = offset; i < offset + count; i++) {
        weights[i] /= sum;
        if (weights[i] < LEAST_WEIGHT) {
          weights[i] = 0f;
        }
      }
    }
    return largest + Elementary.log(sum);
  }
}
