package dev.elbo.kernel;

import static dev.elbo.kernel.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamKernelTest {
  private static final Kernels PLAIN = new PlainKernels();
  private static final Kernels VECTOR = new VectorKernels();
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Each weight moves by about 1e-3 a step; 20 steps of roundings stay far below this share. */
  private static final double TOLERANCE = 1e-6;

  private static AdamScalars scalars() {
    return new AdamScalars(BETA1, BETA2, EPSILON);
  }

  @Test
  void twentyStepsFollowThePaperInDouble() {
    Random random = new Random(1);
    int n = 50;
    double rate = 0.001;
    float[] w = Floats.ordinary(random, n);
    float[] m = new float[n];
    float[] v = new float[n];
    double[] exactW = new double[n];
    double[] exactM = new double[n];
    double[] exactV = new double[n];
    for (int j = 0; j < n; j++) {
      exactW[j] = w[j];
    }
    AdamScalars scalars = scalars();
    for (int t = 1; t <= 20; t++) {
      float[] g = Floats.ordinary(random, n);
      scalars.advance(t, rate);
      assertThat(VECTOR.adam(w, m, v, 0, g, 0, n, scalars)).isTrue();
      for (int j = 0; j < n; j++) {
        exactM[j] = BETA1 * exactM[j] + (1 - BETA1) * g[j];
        exactV[j] = BETA2 * exactV[j] + (1 - BETA2) * g[j] * g[j];
        double first = exactM[j] / (1 - StrictMath.pow(BETA1, t));
        double second = exactV[j] / (1 - StrictMath.pow(BETA2, t));
        exactW[j] -= rate * first / (StrictMath.sqrt(second) + EPSILON);
      }
    }
    for (int j = 0; j < n; j++) {
      assertThat((double) w[j]).isCloseTo(exactW[j], within(4 * 20 * TOLERANCE));
      assertThat((double) m[j]).isCloseTo(exactM[j], within(4 * TOLERANCE));
      assertThat((double) v[j]).isCloseTo(exactV[j], within(16 * TOLERANCE));
    }
  }

  @Test
  void theFirstStepMovesByTheLearningRateAgainstTheGradient() {
    float[] w = {1f, 1f, 1f};
    AdamScalars scalars = scalars();
    scalars.advance(1, 0.01);
    PLAIN.adam(w, new float[3], new float[3], 0, new float[] {5f, -0.001f, 0f}, 0, 3, scalars);
    assertThat(w[0]).isCloseTo(0.99f, within(1e-6f));
    assertThat(w[1]).isCloseTo(1.01f, within(1e-6f));
    assertThat(w[2]).isEqualTo(1f);
  }

  @Test
  void vectorsGiveThePlainBits() {
    Random random = new Random(2);
    AdamScalars scalars = scalars();
    for (int length : Floats.COLUMNS) {
      for (boolean finite : new boolean[] {true, false}) {
        scalars.advance(length, 0.001);
        float[] g = finite ? Floats.ordinary(random, length + 9) : Floats.any(random, length + 9);
        float[] w = Floats.ordinary(random, length + 30);
        float[] m = Floats.ordinary(random, length + 30);
        float[] v = new float[length + 30];
        for (int j = 0; j < v.length; j++) {
          v[j] = random.nextFloat();
        }
        float[] vectorW = w.clone();
        float[] vectorM = m.clone();
        float[] vectorV = v.clone();
        boolean plain = PLAIN.adam(w, m, v, 7, g, 3, length, scalars);
        boolean vector = VECTOR.adam(vectorW, vectorM, vectorV, 7, g, 3, length, scalars);
        assertThat(vector).isEqualTo(plain);
        assertSameBits(vectorW, w, "w of " + length);
        assertSameBits(vectorM, m, "m of " + length);
        assertSameBits(vectorV, v, "v of " + length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f})
  void oneGradientThatMakesAnythingNotFiniteIsSeenWhereverItStands(float bad) {
    int n = 37;
    for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
      for (int at = 0; at < n; at++) {
        float[] g = new float[n];
        g[at] = bad;
        AdamScalars scalars = scalars();
        scalars.advance(1, 0.001);
        float[] w = new float[n];
        boolean finite = kernels.adam(w, new float[n], new float[n], 0, g, 0, n, scalars);
        assertThat(finite).as("%s at %d", kernels.description(), at).isFalse();
      }
    }
  }

  /** 0.9 of the smallest denormal number, rounded, is that number: it would never end. */
  @Test
  void aFirstMomentWithoutGradientsEndsAtZero() {
    for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
      AdamScalars scalars = scalars();
      float[] w = new float[16];
      float[] m = new float[16];
      float[] v = new float[16];
      java.util.Arrays.fill(m, 1f);
      java.util.Arrays.fill(v, 1f);
      m[3] = -0x1p-99f;
      m[4] = 0x1.2p-100f;
      for (int step = 1; step <= 1000; step++) {
        scalars.advance(step, 0.001);
        assertThat(kernels.adam(w, m, v, 0, new float[16], 0, 16, scalars)).isTrue();
        for (float moment : m) {
          assertThat(moment == 0f || Math.abs(moment) >= 0x1p-100f).isTrue();
        }
        if (step == 1) {
          assertThat(m[3]).isEqualTo(-0.9f * 0x1p-99f);
          assertThat(m[4]).isEqualTo(0x1.2p-100f * 0.9f);
        }
      }
      assertThat(m).containsOnly(0f);
    }
  }

  @Test
  void largeFiniteGradientsAreNoFailure() {
    AdamScalars scalars = scalars();
    scalars.advance(1, 0.001);
    for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
      float[] w = new float[40];
      float[] g = new float[40];
      java.util.Arrays.fill(g, 1e18f);
      assertThat(kernels.adam(w, new float[40], new float[40], 0, g, 0, 40, scalars)).isTrue();
      assertThat(w[39]).isCloseTo(-0.001f, within(1e-8f));
    }
  }
}
