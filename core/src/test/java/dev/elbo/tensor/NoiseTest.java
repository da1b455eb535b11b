package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
  private static final int COUNT = 1_000_000;
  private static final double FOUR_SIGMA = 4;

  /** The Kolmogorov distribution exceeds this with probability 0.001. */
  private static final double KOLMOGOROV_999 = 1.95;

  /** Seeds, purposes, layers, steps, images: 100,000 addresses of which no two may meet. */
  @Test
  void differentAddressesHaveDifferentKeys() {
    Set<Long> keys = new HashSet<>();
    int addresses = 0;
    for (long seed : new long[] {0, 1, -1, 42, Long.MAX_VALUE}) {
      for (Purpose purpose : Purpose.values()) {
        Noise noise = Noise.of(seed).at(purpose);
        for (int step = 0; step < 50; step++) {
          for (int image = 0; image < 60; image++) {
            keys.add(noise.at(step).at(image).key());
            addresses++;
          }
        }
      }
    }
    assertThat(keys).hasSize(addresses);
  }

  @Test
  void theOrderOfAnAddressMatters() {
    assertThat(Noise.of(1).at(2).at(3)).isNotEqualTo(Noise.of(1).at(3).at(2));
  }

  @Test
  void wordsAreNotTheKeysBelow() {
    Noise noise = Noise.of(3);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(noise.at(i).key());
      seen.add(noise.word(i));
    }
    assertThat(seen).hasSize(2000);
  }

  /** Every result hangs on them. Found by a program of Threefry in another language. */
  @Test
  void theNumbersAreThese() {
    Noise noise = Noise.of(0).at(Purpose.POSTERIOR).at(7);
    assertThat(Long.toHexString(noise.key())).isEqualTo("e3fbe644da387820");
    assertThat(Long.toHexString(noise.word(5))).isEqualTo("cd76da41da56bcd1");
    assertThat(noise.below(1000, 5)).isEqualTo(802);
    assertThat(Arrays.toString(Purpose.values()))
        .isEqualTo(
            "[INITIALIZATION, SHUFFLE, POSTERIOR, PRIOR, BINARIZATION, SPLIT, PEN_DIGITS, MIXTURE,"
                + " CLASSIFIER, MAP]");
  }

  @Test
  void uniformDrawsPassKolmogorovAndSmirnov() {
    Noise noise = Noise.of(5).at(Purpose.BINARIZATION);
    double[] draws = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      draws[i] = noise.uniform(i);
    }
    Arrays.sort(draws);
    double largest = 0;
    for (int i = 0; i < COUNT; i++) {
      double above = (i + 1.0) / COUNT - draws[i];
      double below = draws[i] - (double) i / COUNT;
      largest = Math.max(largest, Math.max(above, below));
    }
    assertThat(draws[0]).isGreaterThanOrEqualTo(0);
    assertThat(draws[COUNT - 1]).isLessThan(1);
    assertThat(largest * Math.sqrt(COUNT)).isLessThan(KOLMOGOROV_999);
  }

  @Test
  void uniformDrawsDoNotCorrelateWithTheNextOfCounterOrAddress() {
    Noise noise = Noise.of(6);
    double counters = 0;
    double addresses = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double here = noise.uniform(i) - 0.5;
      counters += here * (noise.uniform(i + 1) - 0.5);
      addresses += (noise.at(i).uniform(0) - 0.5) * (noise.at(i + 1).uniform(0) - 0.5);
    }
    // A uniform's variance is 1/12, so a product's standard deviation is 1/12.
    double bound = FOUR_SIGMA / 12 / Math.sqrt(n);
    assertThat(counters / n).isCloseTo(0, within(bound));
    assertThat(addresses / n).isCloseTo(0, within(bound));
  }

  /** χ² of k cells has mean k − 1 and variance 2(k − 1). */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 1000})
  void integersBelowABoundAreFair(int bound) {
    Noise noise = Noise.of(8).at(Purpose.SHUFFLE);
    int[] counts = new int[bound];
    for (int i = 0; i < COUNT; i++) {
      counts[noise.below(bound, i)]++;
    }
    double expected = (double) COUNT / bound;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    double spread = FOUR_SIGMA * Math.sqrt(2.0 * (bound - 1));
    assertThat(chiSquare).isCloseTo(bound - 1, within(spread));
  }

  @Test
  void integersBelowTheEdgesOfTheTypeStayInside() {
    Noise noise = Noise.of(9);
    for (int i = 0; i < 10_000; i++) {
      assertThat(noise.below(1, i)).isZero();
      assertThat(noise.below(Integer.MAX_VALUE, i)).isBetween(0, Integer.MAX_VALUE - 1);
    }
  }

  private static float[] deviates(RowNoise noise, int row) {
    float[] out = new float[64];
    Kernels.plain().normals(noise.key(row, 0), out, 0, out.length);
    return out;
  }

  @Test
  void anImageGetsTheSameDrawInWhateverRowItComes() {
    PosteriorNoise inOrder = new PosteriorNoise(3, row -> row);
    PosteriorNoise shifted = new PosteriorNoise(3, row -> row + 100);
    inOrder.atStep(17);
    shifted.atStep(17);
    assertThat(deviates(shifted, 5)).isEqualTo(deviates(inOrder, 105));
    assertThat(deviates(shifted, 5)).isNotEqualTo(deviates(inOrder, 5));
  }

  @Test
  void posteriorDrawsDifferBySeedStepAndImage() {
    Set<Long> keys = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      PosteriorNoise noise = new PosteriorNoise(seed, row -> row);
      for (long step = PosteriorNoise.TEST; step < 50; step++) {
        noise.atStep(step);
        for (int image = 0; image < 50; image++) {
          keys.add(noise.key(image, 0));
        }
      }
    }
    assertThat(keys).hasSize(5 * 50 * 50);
  }

  @Test
  void anUnsteppedPosteriorNoiseIsThatOfTheTest() {
    PosteriorNoise fresh = new PosteriorNoise(3, row -> row);
    PosteriorNoise test = new PosteriorNoise(3, row -> row);
    test.atStep(PosteriorNoise.TEST);
    assertThat(fresh.key(4, 0)).isEqualTo(test.key(4, 0));
  }

  /** Over images at one step, and over steps of one image. */
  @Test
  void drawsOfNeighbouringImagesAndStepsDoNotCorrelate() {
    int n = 4000;
    double images = 0;
    double steps = 0;
    PosteriorNoise noise = new PosteriorNoise(11, row -> row);
    for (int i = 0; i < n; i++) {
      noise.atStep(1);
      float[] here = deviates(noise, i);
      images += dot(here, deviates(noise, i + 1));
      noise.atStep(i + 1);
      float[] now = deviates(noise, 0);
      noise.atStep(i + 2);
      steps += dot(now, deviates(noise, 0));
    }
    int products = n * 64;
    assertThat(images / products).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(products)));
    assertThat(steps / products).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(products)));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (double) a[j] * b[j];
    }
    return sum;
  }
}
