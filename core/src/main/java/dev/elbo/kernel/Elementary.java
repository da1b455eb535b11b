package dev.elbo.kernel;

/**
 * Elementary functions in float, by polynomials of our own, so that every machine gives the same
 * bits. The coefficients are minimax fits (Lawson's iteration) rounded to float; {@code
 * ElementaryTest} holds the stated errors. {@code VectorElementary} repeats each operation.
 */
final class Elementary {
  /** Arguments of exp outside are clamped: 2ⁿ stays a normal number. */
  static final float EXP_MIN = -87.0f;

  static final float EXP_MAX = 88.0f;

  static final int LARGEST_MAGNITUDE_BITS = 0x42ae0000; // 87f

  static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 in two parts; the high one has nine bits, so that n·LN2_HIGH is exact. */
  static final float LN2_HIGH = 0x1.63p-1f;

  static final float LN2_LOW = -0x1.bd0106p-13f;

  /** Adding and subtracting 1.5·2²³ rounds to the nearest integer, which stands in the low bits. */
  static final float ROUND = 0x1.8p23f;

  /** (eʳ − 1 − r)/r² on |r| ≤ ln(2)/2, lowest power first. */
  static final float E0 = 0.5f;

  static final float E1 = 0x1.55548ep-3f;
  static final float E2 = 0x1.55545ep-5f;
  static final float E3 = 0x1.123b56p-7f;
  static final float E4 = 0x1.6db426p-10f;

  /** ln(1 + e)/e on [0, 1]. */
  static final float P0 = 1f;

  static final float P1 = -0x1.ffffc6p-2f;
  static final float P2 = 0x1.554d52p-2f;
  static final float P3 = -0x1.ff2060p-3f;
  static final float P4 = 0x1.934d2ep-3f;
  static final float P5 = -0x1.3a6f64p-3f;
  static final float P6 = 0x1.b5a37ep-4f;
  static final float P7 = -0x1.d929b2p-5f;
  static final float P8 = 0x1.4c3b20p-6f;
  static final float P9 = -0x1.b59d34p-9f;

  /** (ln(1 + f) − f + f²/2)/f³ on √½ ≤ 1 + f ≤ √2. */
  static final float L0 = 0x1.555546p-2f;

  static final float L1 = -0x1.ffffeep-3f;
  static final float L2 = 0x1.99a546p-3f;
  static final float L3 = -0x1.5562e2p-3f;
  static final float L4 = 0x1.2332bap-3f;
  static final float L5 = -0x1.fb4352p-4f;
  static final float L6 = 0x1.e6511cp-4f;
  static final float L7 = -0x1.e2e8fep-4f;
  static final float L8 = 0x1.1b40eap-4f;

  /** (sin φ − φ)/φ³ in φ², |φ| ≤ π/4. */
  static final float S0 = -0x1.555546p-3f;

  static final float S1 = 0x1.110760p-7f;
  static final float S2 = -0x1.994eb2p-13f;

  /** (cos φ − 1 + φ²/2)/φ⁴ in φ², |φ| ≤ π/4. */
  static final float C0 = 0x1.55554ap-5f;

  static final float C1 = -0x1.6c0c8cp-10f;
  static final float C2 = 0x1.9a0258p-16f;

  /** The bits of √½; subtracting them splits a float into a power of two and [√½, √2). */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final float HALF_PI = 0x1.921fb6p0f;

  /** Log-variances are the identity within ± this … */
  static final float BOUND = 12f;

  /** … and bend smoothly to ± (BOUND + SLACK) beyond. */
  static final float SLACK = 4f;

  /**
   * Below this a series serves for {@link #logMeanDecay} and {@link #decayCentre}, above a closed
   * form.
   */
  static final float CROSSING = 2f;

  /** (ln((1 − e^(−m))/m) + m/2)/m² in m², m ≤ CROSSING. */
  static final float D0 = 0x1.555556p-5f;

  static final float D1 = -0x1.6c1684p-12f;
  static final float D2 = 0x1.71bf88p-18f;
  static final float D3 = -0x1.b65652p-24f;
  static final float D4 = 0x1.d44bcap-30f;

  /** (½ − 1/m + 1/(e^m − 1))/m in m², m ≤ CROSSING. */
  static final float G0 = 0x1.555556p-4f;

  static final float G1 = -0x1.6c1612p-10f;
  static final float G2 = 0x1.1539f2p-15f;
  static final float G3 = -0x1.b3ce92p-21f;
  static final float G4 = 0x1.191f78p-26f;

  /** What the far formulas give at the crossing, to the bit, so that there they add nothing. */
  static final float DECAY_AT_CROSSING = farLogMeanDecay(CROSSING);

  static final float CENTRE_AT_CROSSING = farDecayCentre(CROSSING);

  private Elementary() {}

  /** eˣ, at most 1.1 ulp off, x clamped to [−87, 88]. */
  static float exp(float x) {
    float clamped = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
    float shifted = Math.fma(clamped, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float q = expm1OfRemainder(clamped, n);
    float scale = powerOfTwo(shifted);
    return Math.fma(scale, q, scale);
  }

  /** eˣ − 1 for x ≤ 0, at most 1 ulp off, x clamped to −87. */
  static float expm1OfNegative(float x) {
    float clamped = Math.max(x, EXP_MIN);
    float shifted = Math.fma(clamped, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float q = expm1OfRemainder(clamped, n);
    float scale = powerOfTwo(shifted);
    return Math.fma(scale, q, scale - 1f);
  }

  /**
   * e^(−m) for m ≥ 0, at most 1 ulp off, m clamped to 87. The clamp compares bits, which costs a
   * fifth of a float minimum in vectors, and takes NaN for large: callers must not rely on NaN
   * here.
   */
  static float expOfMinus(float m) {
    int bits = Math.min(Float.floatToRawIntBits(m), LARGEST_MAGNITUDE_BITS);
    float x = -Float.intBitsToFloat(bits);
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float q = expm1OfRemainder(x, shifted - ROUND);
    float scale = powerOfTwo(shifted);
    return Math.fma(scale, q, scale);
  }

  private static float expm1OfRemainder(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(Math.fma(Math.fma(Math.fma(E4, r, E3), r, E2), r, E1), r, E0);
    return Math.fma(r * r, p, r);
  }

  private static float powerOfTwo(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3f800000);
  }

  /** ln(1 + e) for e in [0, 1], at most 2 ulp off. */
  static float log1pOfUnit(float e) {
    float p = Math.fma(P9, e, P8);
    p = Math.fma(p, e, P7);
    p = Math.fma(p, e, P6);
    p = Math.fma(p, e, P5);
    p = Math.fma(p, e, P4);
    p = Math.fma(p, e, P3);
    p = Math.fma(p, e, P2);
    p = Math.fma(p, e, P1);
    p = Math.fma(p, e, P0);
    return p * e;
  }

  /** ln x for positive normal x, at most 1 ulp off. */
  static float log(float x) {
    int shifted = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
    int exponent = shifted >> 23;
    float n = Float.intBitsToFloat(exponent + 0x4b400000) - ROUND;
    float f = Float.intBitsToFloat((shifted & 0x007fffff) + SQRT_HALF_BITS) - 1f;
    float p = Math.fma(L8, f, L7);
    p = Math.fma(p, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    float square = f * f;
    float tail = Math.fma(square * f, p, n * LN2_LOW);
    float rest = Math.fma(square, -0.5f, tail) + f;
    return Math.fma(n, LN2_HIGH, rest);
  }

  /** σ(x) = eˣ/(1 + eˣ), at most 3 ulp off from −87 on, as exp is; exactly 1 from about 17 on. */
  static float sigmoid(float x) {
    float e = exp(x);
    return e / (1f + e);
  }

  /** tanh x = −t/(2 + t)·sign x with t = e^(−2|x|) − 1, at most 3 ulp off. */
  static float tanh(float x) {
    float t = expm1OfNegative(-2f * Math.abs(x));
    float magnitude = Math.abs(t) / (2f + t);
    return copySign(magnitude, x);
  }

  /** ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|)), at most 3 ulp off from −87 on. */
  static float softplus(float x) {
    return Math.max(x, 0f) + log1pOfUnit(expOfMinus(Math.abs(x)));
  }

  /**
   * x within ±12; beyond, 12 + 4·tanh((|x| − 12)/4) with the sign of x, which has a continuous
   * derivative and ends at ±16. At most 2 ulp off.
   */
  static float bound(float x) {
    float magnitude = Math.abs(x);
    float excess = Math.max(magnitude - BOUND, 0f) * (1f / SLACK);
    float t = expm1OfNegative(-2f * excess);
    return copySign(Math.fma(SLACK, -t / (2f + t), Math.min(magnitude, BOUND)), x);
  }

  /**
   * ln((1 − e^(−m))/m), the log of the mean of e^(−mu) over u in [0, 1], for m ≥ 0; at most 3 ulp
   * off. Near and far meet without a branch: each is asked on its own side alone, and on the other
   * it stands still.
   */
  static float logMeanDecay(float m) {
    float near = Math.min(m, CROSSING);
    float square = near * near;
    float p = Math.fma(D4, square, D3);
    p = Math.fma(p, square, D2);
    p = Math.fma(p, square, D1);
    p = Math.fma(p, square, D0);
    float series = Math.fma(square, p, -0.5f * near);
    return series + (farLogMeanDecay(Math.max(m, CROSSING)) - DECAY_AT_CROSSING);
  }

  private static float farLogMeanDecay(float m) {
    return log(-expm1OfNegative(-m) / m);
  }

  /**
   * 1/m − 1/(e^m − 1), the mean of u in [0, 1] under a density proportional to e^(−mu), for m ≥ 0;
   * at most 3 ulp off. Near and far meet as above, by a factor.
   */
  static float decayCentre(float m) {
    float near = Math.min(m, CROSSING);
    float square = near * near;
    float p = Math.fma(G4, square, G3);
    p = Math.fma(p, square, G2);
    p = Math.fma(p, square, G1);
    p = Math.fma(p, square, G0);
    float series = Math.fma(-near, p, 0.5f);
    return series * (farDecayCentre(Math.max(m, CROSSING)) / CENTRE_AT_CROSSING);
  }

  /** ((1 − e) − m·e)/(m·(1 − e)) with e = e^(−m); where m is above 87, m·e is nothing. */
  private static float farDecayCentre(float m) {
    float e = expOfMinus(m);
    float rest = 1f - e;
    return Math.fma(-Math.min(m, EXP_MAX), e, rest) / (m * rest);
  }

  /** The magnitude must be non-negative. */
  static float copySign(float magnitude, float sign) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(magnitude) | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
  }

  /**
   * One of two independent standard normal deviates of two random words (Box and Muller 1958):
   * radius √(−2 ln u), angle uniform in a quadrant, and a random sign for each. With φ the angle
   * less π/4, the pair is √(−ln u)·(cos φ ∓ sin φ). The largest deviate is 6.66. At most 4 ulp of
   * the radius off, with u rounded to a float, which moves small deviates by 2.5e-4 at most.
   */
  static float normal(int word0, int word1, boolean second) {
    float u = ((float) (word0 >>> 1) + 0.5f) * 0x1p-31f;
    float radius = (float) Math.sqrt(Math.max(-log(u), 0f));
    float phi = ((float) (word1 >>> 9) - 0x1p22f + 0.5f) * (0x1p-23f * HALF_PI);
    float square = phi * phi;
    float s = Math.fma(square * phi, Math.fma(Math.fma(S2, square, S1), square, S0), phi);
    float c = Math.fma(Math.fma(C2, square, C1), square, C0);
    c = Math.fma(square * square, c, Math.fma(square, -0.5f, 1f));
    float magnitude = second ? radius * (c + s) : radius * (c - s);
    int sign = second ? word1 << 30 : word1 << 31;
    return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ (sign & Integer.MIN_VALUE));
  }
}
