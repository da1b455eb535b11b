package dev.elbo.latent;

/** Straight lines between two codes. */
public final class Interpolation {
  private Interpolation() {}

  /** Codes [steps, latent] at equal distances from {@code from} to {@code to}, both included. */
  public static float[] line(float[] from, float[] to, int steps) {
    float[] codes = new float[steps * from.length];
    for (int i = 0; i < steps; i++) {
      float share = steps == 1 ? 0f : (float) i / (steps - 1);
      for (int j = 0; j < from.length; j++) {
        codes[i * from.length + j] = (1 - share) * from[j] + share * to[j];
      }
    }
    return codes;
  }
}
