package dev.elbo.kernel;

import static dev.elbo.kernel.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels of latent variables: plain and vector give the same bits, and touch no more. */
class LatentKernelsTest {
  private static final LatentKernels PLAIN = new PlainLatentKernels();
  private static final LatentKernels VECTOR = new VectorLatentKernels();
  private static final int MOST_ARRAYS = 6;

  /** Behind a row, and room for some more rows. */
  private static final int AFTER = 20;

  private static final int ROWS = 5;

  private record Call(float[][] arrays, int offset, int columns) {
    Call copy() {
      float[][] copies = Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new);
      return new Call(copies, offset, columns);
    }
  }

  private static void assertSameOnBoth(String what, BiConsumer<LatentKernels, Call> call) {
    Random random = new Random(12);
    for (int columns : Floats.COLUMNS) {
      for (int offset : new int[] {0, 5, 16}) {
        for (boolean finite : new boolean[] {true, false}) {
          float[][] arrays = new float[MOST_ARRAYS][];
          for (int i = 0; i < MOST_ARRAYS; i++) {
            int length = offset + ROWS * (columns + AFTER);
            arrays[i] = finite ? Floats.finite(random, length) : Floats.any(random, length);
          }
          Call plain = new Call(arrays, offset, columns);
          Call vector = plain.copy();
          call.accept(PLAIN, plain);
          call.accept(VECTOR, vector);
          for (int i = 0; i < MOST_ARRAYS; i++) {
            String where = "%s, %d columns at %d, array %d".formatted(what, columns, offset, i);
            assertSameBits(vector.arrays[i], plain.arrays[i], where);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void copiesSumsAndProductsAreTheSameBits(boolean adds) {
    assertSameOnBoth(
        "copy", (k, c) -> k.copy(c.arrays[0], c.offset, c.arrays[1], 3, c.columns, adds));
    assertSameOnBoth(
        "sum of rows",
        (k, c) ->
            k.sumRows(
                c.arrays[0],
                c.offset,
                c.columns + AFTER,
                ROWS - 1,
                c.arrays[1],
                3,
                c.columns,
                adds));
    assertSameOnBoth(
        "product",
        (k, c) -> k.product(c.arrays[0], c.arrays[1], c.arrays[2], c.offset, c.columns, adds));
  }

  @Test
  void densitiesAreTheSameBits() {
    assertSameOnBoth(
        "Gaussian",
        (k, c) ->
            k.gaussian(c.arrays[0], c.arrays[1], c.arrays[2], c.offset, c.columns, c.arrays[3], 2));
    assertSameOnBoth(
        "squares", (k, c) -> k.squares(c.arrays[0], c.offset, c.columns, c.arrays[1], 2));
    assertSameOnBoth(
        "divergence",
        (k, c) -> k.divergence(c.arrays[0], c.arrays[1], c.arrays[2], c.offset, c.columns));
  }

  /** Densities under 1, 16 and 19 Gaussians; the padded tables lie one after another. */
  @Test
  void densitiesUnderManyGaussiansAreTheSameBits() {
    Random random = new Random(4);
    for (int columns : new int[] {1, 4, 6, 8, 13, 16, 25, 207}) {
      for (int count : new int[] {1, 16, 19}) {
        for (boolean finite : new boolean[] {true, false}) {
          int width = Kernels.padded(count);
          float[][] given = new float[4][];
          int[] lengths = {columns + 3, columns * width, columns * width, width};
          for (int i = 0; i < given.length; i++) {
            given[i] = finite ? Floats.finite(random, lengths[i]) : Floats.any(random, lengths[i]);
          }
          float[] plain = new float[width + 7];
          float[] vector = new float[width + 7];
          PLAIN.gaussians(given[0], 3, columns, given[1], given[2], given[3], count, plain, 5);
          VECTOR.gaussians(given[0], 3, columns, given[1], given[2], given[3], count, vector, 5);
          assertSameBits(vector, plain, columns + " columns, " + count + " Gaussians");
        }
      }
    }
  }

  @Test
  void sharesOfGaussiansAreTheSameBits() {
    assertSameOnBoth(
        "precision", (k, c) -> k.precision(c.arrays[0], c.arrays[1], c.offset, c.columns));
    for (int choice = 0; choice < 8; choice++) {
      int chosen = choice;
      assertSameOnBoth(
          "share",
          (k, c) ->
              k.gaussianShare(
                  0.37f,
                  c.arrays[0],
                  c.offset,
                  c.arrays[1],
                  c.arrays[2],
                  3,
                  c.columns,
                  (chosen & 1) != 0 ? c.arrays[3] : null,
                  (chosen & 2) != 0 ? c.arrays[4] : null,
                  (chosen & 4) != 0 ? c.arrays[5] : null));
    }
  }

  /** Else gradients would be denormal numbers, and a step slow for nothing. */
  @Test
  void weightsThatWouldChangeNothingAreZero() {
    float[] weights = new float[3];
    Softmax.logSumExp(new float[] {0f, -45f, -500f}, 0, 3, weights);
    assertThat(weights).containsExactly(1f, 0f, 0f);
    Softmax.logSumExp(new float[] {0f, -44f, -20f}, 0, 3, weights);
    assertThat(weights[1]).isPositive();
  }

  /** Every choice of who wants a gradient, and of who adds. */
  @Test
  void slopesOfDensitiesAreTheSameBits() {
    for (int choice = 0; choice < 64; choice++) {
      int chosen = choice;
      assertSameOnBoth(
          "d Gaussian",
          (k, c) ->
              k.gaussianBackward(
                  c.arrays[0],
                  c.arrays[1],
                  c.arrays[2],
                  0.37f,
                  (chosen & 1) != 0 ? c.arrays[3] : null,
                  (chosen & 2) != 0,
                  (chosen & 4) != 0 ? c.arrays[4] : null,
                  (chosen & 8) != 0,
                  (chosen & 16) != 0 ? c.arrays[5] : null,
                  (chosen & 32) != 0,
                  c.offset,
                  c.columns));
    }
    for (int choice = 0; choice < 16; choice++) {
      int chosen = choice;
      assertSameOnBoth(
          "d divergence",
          (k, c) ->
              k.divergenceBackward(
                  c.arrays[0],
                  c.arrays[1],
                  c.arrays[2],
                  (chosen & 1) != 0 ? c.arrays[3] : null,
                  (chosen & 2) != 0,
                  (chosen & 4) != 0 ? c.arrays[4] : null,
                  (chosen & 8) != 0,
                  c.offset,
                  c.columns));
    }
  }

  /** The bound that the kernel states: 2⁻²⁴ for each term, and the rounding of the result. */
  @Test
  void theLogOfASumOfExponentialsIsExactToItsStatedError() {
    Random random = new Random(2);
    for (int count : new int[] {1, 2, 5, 10, 50, 5000}) {
      for (float shift : new float[] {0f, 1000f, -1000f, 3e4f}) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
          x[i] = shift + random.nextFloat() * 40;
        }
        float[] weights = new float[count];
        double exact = logSumExp(x);
        double tolerance = 0x1p-24 * (count + 4) + Math.ulp((float) exact);
        float found = Softmax.logSumExp(x, 0, count, weights);
        assertThat((double) found).isCloseTo(exact, within(tolerance));
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum += weights[i];
          double weight = StrictMath.exp(x[i] - exact);
          assertThat((double) weights[i]).isCloseTo(weight, within(0x1p-24 * (count + 4)));
        }
        assertThat(sum).isCloseTo(1, within(0x1p-24 * (count + 4)));
      }
    }
  }

  private static double logSumExp(float[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : x) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (float value : x) {
      sum += StrictMath.exp(value - largest);
    }
    return largest + StrictMath.log(sum);
  }

  @Test
  void ofOneNumberItIsThatNumberWithWeightOne() {
    for (float value : new float[] {0f, 1e30f, -123.456f, 88.5f, Float.MAX_VALUE, 1e-40f}) {
      float[] weight = new float[1];
      assertThat(Softmax.logSumExp(new float[] {value}, 0, 1, weight)).isEqualTo(value);
      assertThat(weight[0]).isEqualTo(1f);
    }
  }

  /** So that a bad value stops a run, and never becomes a figure. */
  @Test
  void whatIsNotFiniteStaysNotFinite() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      for (int at = 0; at < 3; at++) {
        float[] x = {1f, 2f, 3f};
        x[at] = bad;
        assertThat(Float.isFinite(Softmax.logSumExp(x, 0, 3, null))).isFalse();
      }
    }
    float[] nothing = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertThat(Float.isFinite(Softmax.logSumExp(nothing, 0, 2, null))).isFalse();
  }
}
