package dev.elbo.kernel;

import static dev.elbo.kernel.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kernel that works along rows: plain and vector give the same bits, and touch no more. */
class RowKernelsTest {
  private static final Kernels PLAIN = new PlainKernels();
  private static final Kernels VECTOR = new VectorKernels();
  private static final int MOST_ARRAYS = 5;
  private static final int AFTER = 20;

  /** The arrays of one call, a slice of each being the row. */
  private record Row(float[][] arrays, int offset, int columns) {
    Row copy() {
      return new Row(
          Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new), offset, columns);
    }
  }

  /** Runs it on both kernels, on finite and on any values, at every width and some offsets. */
  private static void assertSameOnBoth(String what, BiConsumer<Kernels, Row> call) {
    Random random = new Random(11);
    for (int columns : Floats.COLUMNS) {
      for (int offset : new int[] {0, 5, 16}) {
        for (boolean finite : new boolean[] {true, false}) {
          float[][] arrays = new float[MOST_ARRAYS][];
          for (int i = 0; i < MOST_ARRAYS; i++) {
            int length = offset + columns + AFTER;
            arrays[i] = finite ? Floats.finite(random, length) : Floats.any(random, length);
          }
          Row plain = new Row(arrays, offset, columns);
          Row vector = plain.copy();
          call.accept(PLAIN, plain);
          call.accept(VECTOR, vector);
          for (int i = 0; i < MOST_ARRAYS; i++) {
            assertSameBits(
                vector.arrays[i],
                plain.arrays[i],
                "%s, %d columns at %d, array %d".formatted(what, columns, offset, i));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfElementsAreTheSameBits(ElementFunction f) {
    assertSameOnBoth(f + "", (k, r) -> k.apply(f, r.arrays[0], r.arrays[1], r.offset, r.columns));
    assertSameOnBoth(
        f + " in place", (k, r) -> k.apply(f, r.arrays[0], r.arrays[0], r.offset, r.columns));
  }

  @ParameterizedTest
  @EnumSource
  void slopesAreTheSameBits(ElementFunction f) {
    for (boolean accumulate : new boolean[] {false, true}) {
      assertSameOnBoth(
          f + "′",
          (k, r) ->
              k.applyBackward(
                  f, r.arrays[0], r.arrays[1], r.arrays[2], r.offset, r.columns, accumulate));
    }
  }

  @Test
  void normalsAreTheSameBits() {
    for (long key : new long[] {0, -1, 0x0123456789abcdefL}) {
      assertSameOnBoth("normals", (k, r) -> k.normals(key, r.arrays[0], r.offset, r.columns));
    }
  }

  @Test
  void reparameterizationIsTheSameBits() {
    assertSameOnBoth(
        "z",
        (k, r) ->
            k.reparameterize(
                r.arrays[0], r.arrays[1], r.arrays[2], r.arrays[3], r.offset, r.columns));
    for (int adds = 0; adds < 4; adds++) {
      boolean addMu = (adds & 1) != 0;
      boolean addLogVar = (adds & 2) != 0;
      assertSameOnBoth(
          "dz",
          (k, r) ->
              k.reparameterizeBackward(
                  r.arrays[0],
                  r.arrays[1],
                  r.arrays[2],
                  addMu,
                  r.arrays[3],
                  addLogVar,
                  r.offset,
                  r.columns));
    }
  }

  @Test
  void divergencesAreTheSameBits() {
    assertSameOnBoth(
        "KL",
        (k, r) ->
            k.klToStandardNormal(r.arrays[0], r.arrays[1], r.offset, r.columns, r.arrays[2], 3));
    for (int adds = 0; adds < 4; adds++) {
      boolean addMu = (adds & 1) != 0;
      boolean addLogVar = (adds & 2) != 0;
      assertSameOnBoth(
          "dKL",
          (k, r) ->
              k.klToStandardNormalBackward(
                  r.arrays[0],
                  r.arrays[1],
                  0.37f,
                  r.arrays[2],
                  addMu,
                  r.arrays[3],
                  addLogVar,
                  r.offset,
                  r.columns));
    }
  }

  @Test
  void logProbabilitiesAreTheSameBits() {
    for (boolean learning : new boolean[] {false, true}) {
      assertSameOnBoth(
          "Bernoulli",
          (k, r) ->
              k.bernoulli(
                  r.arrays[0],
                  r.arrays[1],
                  learning ? r.arrays[2] : null,
                  r.offset,
                  r.columns,
                  r.arrays[3],
                  2));
      assertSameOnBoth(
          "continuous Bernoulli",
          (k, r) ->
              k.continuousBernoulli(
                  r.arrays[0],
                  r.arrays[1],
                  learning ? r.arrays[2] : null,
                  r.offset,
                  r.columns,
                  r.arrays[3],
                  2));
      assertSameOnBoth(
          "squared error",
          (k, r) ->
              k.squaredError(
                  r.arrays[0],
                  r.arrays[1],
                  learning ? r.arrays[2] : null,
                  r.offset,
                  r.columns,
                  r.arrays[3],
                  2));
    }
  }

  @Test
  void meansOfContinuousBernoullisAreTheSameBits() {
    assertSameOnBoth(
        "mean", (k, r) -> k.continuousBernoulliMean(r.arrays[0], r.arrays[1], r.offset, r.columns));
  }

  @Test
  void gaussianLogProbabilitiesAreTheSameBitsWhicheverDerivativesAreWanted() {
    for (int wanted = 0; wanted < 4; wanted++) {
      boolean ofMean = (wanted & 1) != 0;
      boolean ofLogVar = (wanted & 2) != 0;
      assertSameOnBoth(
          "Gaussian",
          (k, r) -> {
            float[] lanes = new float[3 + Kernels.LANES];
            k.gaussian(
                r.arrays[0],
                r.arrays[1],
                r.arrays[2],
                ofMean ? r.arrays[3] : null,
                ofLogVar ? r.arrays[4] : null,
                r.offset,
                r.columns,
                lanes,
                3);
            System.arraycopy(lanes, 3, r.arrays[1], r.offset, Math.min(Kernels.LANES, r.columns));
          });
    }
  }

  @Test
  void scalingIsTheSameBits() {
    for (boolean accumulate : new boolean[] {false, true}) {
      for (float factor : new float[] {-0.7f, 0f, Float.POSITIVE_INFINITY}) {
        assertSameOnBoth(
            "scale by " + factor,
            (k, r) -> k.scale(r.arrays[0], factor, r.arrays[1], r.offset, r.columns, accumulate));
      }
      assertSameOnBoth(
          "scale in place",
          (k, r) -> k.scale(r.arrays[0], 3f, r.arrays[0], r.offset, r.columns, accumulate));
    }
  }

  @Test
  void lanesAreAddedByTheStatedTree() {
    float[] lanes = Floats.ordinary(new Random(3), 3 + Kernels.LANES);
    float[] tree = Arrays.copyOfRange(lanes, 3, lanes.length);
    for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        tree[j] += tree[j + half];
      }
    }
    assertThat(Kernels.sumLanes(lanes, 3)).isEqualTo(tree[0]);
  }

  @Test
  void rowSumsAddEveryColumnOnce() {
    float[] lanes = new float[Kernels.LANES];
    for (int columns : Floats.COLUMNS) {
      float[] ones = new float[columns];
      Arrays.fill(ones, 1f);
      for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
        kernels.squaredError(new float[columns], ones, null, 0, columns, lanes, 0);
        assertThat(Kernels.sumLanes(lanes, 0)).isEqualTo(columns);
      }
    }
  }

  @Test
  void paddedIsTheNextMultipleOfTheLanes() {
    assertThat(Kernels.padded(1)).isEqualTo(16);
    assertThat(Kernels.padded(16)).isEqualTo(16);
    assertThat(Kernels.padded(17)).isEqualTo(32);
    assertThat(Kernels.padded(784)).isEqualTo(784);
  }

  /** Derivatives by central differences of the double formulas; 1e-5 covers floats of size 1. */
  @Test
  void slopesAreTheDerivativesOfTheFunctions() {
    for (ElementFunction f : ElementFunction.values()) {
      for (float x : new float[] {-15f, -12.5f, -3f, -0.4f, 0.3f, 2f, 11f, 13f, 18f}) {
        double h = 1e-5;
        double slope = (exact(f, x + h) - exact(f, x - h)) / (2 * h);
        float y = PlainKernels.value(f, x);
        assertThat((double) PlainKernels.slopeTimes(f, y, 2f))
            .as("%s at %s", f, x)
            .isCloseTo(2 * slope, within(1e-5));
      }
    }
  }

  private static double exact(ElementFunction f, double x) {
    return switch (f) {
      case RELU -> Math.max(x, 0);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(x));
      case BOUND -> {
        double excess = Math.max(Math.abs(x) - 12, 0) / 4;
        yield Math.copySign(Math.min(Math.abs(x), 12) + 4 * StrictMath.tanh(excess), x);
      }
    };
  }
}
