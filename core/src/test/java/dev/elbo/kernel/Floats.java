package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Arrays of floats that tests of kernels are fed with, and how they are compared. */
final class Floats {
  /** Widths of rows that fall in every way across vectors of 4, 8 and 16 floats. */
  static final int[] COLUMNS = {
    1, 2, 4, 6, 8, 13, 16, 17, 25, 31, 32, 33, 50, 64, 100, 200, 207, 784
  };

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x1p-130f,
    -Float.MIN_NORMAL,
    1e-30f,
    1e30f,
    -Float.MAX_VALUE,
    Float.MAX_VALUE,
    87.5f,
    -88f,
    13f,
    -200f,
    16f
  };

  private static final float[] NOT_FINITE = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  private Floats() {}

  /** Uniform on [−4, 4). */
  static float[] ordinary(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 8 - 4;
    }
    return values;
  }

  /** Ordinary values, with a finite one at the edge of the format now and then. */
  static float[] finite(Random random, int length) {
    return sprinkle(random, ordinary(random, length), SPECIAL);
  }

  /** As {@link #finite}, with infinities and not-a-numbers too. */
  static float[] any(Random random, int length) {
    return sprinkle(random, finite(random, length), NOT_FINITE);
  }

  private static float[] sprinkle(Random random, float[] values, float[] with) {
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(8) == 0) {
        values[i] = with[random.nextInt(with.length)];
      }
    }
    return values;
  }

  /** Bit for bit; of not-a-numbers the payload is not ours to promise. */
  static void assertSameBits(float[] actual, float[] expected, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(Float.toHexString(actual[i]))
            .as("%s [%d]", what, i)
            .isEqualTo(Float.toHexString(expected[i]));
      }
    }
    assertThat(actual.length).isEqualTo(expected.length);
  }
}
