package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A million and more of the deviates that z is drawn with, laid out as rows of images. */
class NormalsTest {
  private static final int ROWS = 1 << 14;
  private static final int COLUMNS = 64;
  private static final int COUNT = ROWS * COLUMNS;

  /** A standard normal statistic is beyond this once in 15,000 times. */
  private static final double FOUR_SIGMA = 4;

  /** The Kolmogorov distribution exceeds this with probability 0.001. */
  private static final double KOLMOGOROV_999 = 1.95;

  private static float[] draws;

  @BeforeAll
  static void draw() {
    draws = new float[COUNT];
    Kernels kernels = new VectorKernels();
    for (int row = 0; row < ROWS; row++) {
      kernels.normals(Threefry.block(7, row), draws, row * COLUMNS, COLUMNS);
    }
  }

  @Test
  void theyPassKolmogorovAndSmirnov() {
    float[] sorted = draws.clone();
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < COUNT; i++) {
      double p = cumulative(sorted[i]);
      largest = Math.max(largest, Math.max((i + 1.0) / COUNT - p, p - (double) i / COUNT));
    }
    assertThat(largest * Math.sqrt(COUNT)).isLessThan(KOLMOGOROV_999);
  }

  /** Φ(x) by Marsaglia's series (2004), exact to double for |x| < 7. */
  private static double cumulative(double x) {
    double sum = x;
    double term = x;
    for (int i = 3; sum + term != sum; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-0.5 * x * x - 0.91893853320467274178);
  }

  /** Standard errors of the sample moments of a normal: √(1/n), √(2/n), √(15/n), √(96/n). */
  @Test
  void theirMomentsAreThoseOfTheNormal() {
    double[] sums = new double[5];
    for (float x : draws) {
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= x;
        sums[k] += power / COUNT;
      }
    }
    double root = Math.sqrt(COUNT);
    assertThat(sums[1]).isCloseTo(0, within(FOUR_SIGMA / root));
    assertThat(sums[2]).isCloseTo(1, within(FOUR_SIGMA * Math.sqrt(2) / root));
    assertThat(sums[3]).isCloseTo(0, within(FOUR_SIGMA * Math.sqrt(15) / root));
    assertThat(sums[4]).isCloseTo(3, within(FOUR_SIGMA * Math.sqrt(96) / root));
  }

  @Test
  void neighbouringColumnsAndTheTwoOfOneBlockDoNotCorrelate() {
    for (int lag : new int[] {1, 2, 8, 15, 16, 17, 32}) {
      assertUncorrelated("columns at a distance of " + lag, lag, COLUMNS - lag);
    }
  }

  /** Squares and signs too: the two deviates of a block share a radius and an angle. */
  @Test
  void neitherDoTheSquaresOfTheTwoOfOneBlock() {
    double sum = 0;
    double signs = 0;
    int pairs = 0;
    for (int at = 0; at < COUNT; at += 2 * Kernels.LANES) {
      for (int lane = 0; lane < Kernels.LANES; lane++) {
        double first = draws[at + lane];
        double second = draws[at + Kernels.LANES + lane];
        sum += (first * first - 1) * (second * second - 1);
        signs += Math.signum(first) * Math.signum(second);
        pairs++;
      }
    }
    // Of two squared normals less one the product has variance 2·2.
    assertThat(sum / pairs).isCloseTo(0, within(FOUR_SIGMA * 2 / Math.sqrt(pairs)));
    assertThat(signs / pairs).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(pairs)));
  }

  @Test
  void neighbouringRowsDoNotCorrelate() {
    for (int lag : new int[] {1, 2, 128}) {
      double sum = 0;
      int pairs = COUNT - lag * COLUMNS;
      for (int i = 0; i < pairs; i++) {
        sum += (double) draws[i] * draws[i + lag * COLUMNS];
      }
      assertThat(sum / pairs).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(pairs)));
    }
  }

  private static void assertUncorrelated(String what, int lag, int columns) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < columns; j++) {
        int at = row * COLUMNS + j;
        sum += (double) draws[at] * draws[at + lag];
      }
    }
    int pairs = ROWS * columns;
    assertThat(sum / pairs).as(what).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(pairs)));
  }

  @Test
  void everyColumnHasMeanZeroAndVarianceOne() {
    for (int j = 0; j < COLUMNS; j++) {
      double mean = 0;
      double square = 0;
      for (int row = 0; row < ROWS; row++) {
        double x = draws[row * COLUMNS + j];
        mean += x / ROWS;
        square += x * x / ROWS;
      }
      assertThat(mean).as("column %d", j).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(ROWS)));
      assertThat(square)
          .as("column %d", j)
          .isCloseTo(1, within(FOUR_SIGMA * Math.sqrt(2.0 / ROWS)));
    }
  }

  @Test
  void aColumnDoesNotDependOnHowManyAreAskedFor() {
    for (Kernels kernels : new Kernels[] {new PlainKernels(), new VectorKernels()}) {
      float[] most = new float[200];
      kernels.normals(99, most, 0, most.length);
      for (int columns : Floats.COLUMNS) {
        if (columns <= most.length) {
          float[] some = new float[columns];
          kernels.normals(99, some, 0, columns);
          assertThat(some).isEqualTo(Arrays.copyOf(most, columns));
        }
      }
    }
  }

  @Test
  void theyAreTheSameBitsOnEveryMachine() {
    CRC32 crc = new CRC32();
    ByteBuffer bytes = ByteBuffer.allocate(COUNT * Float.BYTES);
    bytes.asFloatBuffer().put(draws);
    crc.update(bytes);
    assertThat(crc.getValue()).as("%x", crc.getValue()).isEqualTo(0xa3b1d413L);
  }

  /** The statement in the Javadoc of {@link Elementary#normal}, at its words' edges too. */
  @Test
  void theErrorIsTheStatedOne() {
    Random random = new Random(1);
    double worst = 0;
    double worstAbsolute = 0;
    for (int i = 0; i < 1_000_000; i++) {
      int word0 = i < 1000 ? i : i < 2000 ? 1000 - i : random.nextInt();
      int word1 = i < 1000 ? -i : random.nextInt();
      double u = ((word0 >>> 1) + 0.5) * 0x1p-31;
      double rounded = ((float) (word0 >>> 1) + 0.5f) * 0x1p-31f;
      double radius = StrictMath.sqrt(-2 * StrictMath.log(rounded));
      double angle = ((word1 >>> 9) + 0.5) * 0x1p-23 * (StrictMath.PI / 2);
      for (boolean second : new boolean[] {false, true}) {
        double unit = second ? StrictMath.sin(angle) : StrictMath.cos(angle);
        boolean negative = ((second ? word1 >>> 1 : word1) & 1) == 1;
        double direction = negative ? -unit : unit;
        double actual = Elementary.normal(word0, word1, second);
        worst = Math.max(worst, Math.abs(actual - radius * direction) / Math.ulp((float) radius));
        double exact = StrictMath.sqrt(-2 * StrictMath.log(u)) * direction;
        worstAbsolute = Math.max(worstAbsolute, Math.abs(actual - exact));
      }
    }
    assertThat(worst).isBetween(2.0, 4.0);
    assertThat(worstAbsolute).isBetween(1e-4, 2.5e-4);
  }

  @Test
  void theLargestDeviateIsTheStatedOne() {
    // The least u and the angle nearest to an axis.
    assertThat(Elementary.normal(0, 0, false)).isCloseTo(6.66f, within(0.005f));
    assertThat(Elementary.normal(0, -1, true)).isCloseTo(-6.66f, within(0.005f));
  }
}
