package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixtureFitTest {
  private static final int COUNT = 3000;
  private static final int LATENT = 4;

  /** Posteriors' deviation; the blobs' own is 0.3. */
  private static final double POSTERIOR = 0.2;

  private static final byte[] LABELS = labels();

  /** Dimension 2 is collapsed: every posterior is the prior there. */
  private static final Codes CODES = codes();

  private static byte[] labels() {
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = (byte) (i % 3 == 0 ? 7 : 2);
    }
    return labels;
  }

  /** Class 7 is one blob around (4, 0, −, 1), class 2 two, around (−2, ±3, −, 1). */
  private static Codes codes() {
    Random random = new Random(4);
    float[] mu = new float[COUNT * LATENT];
    float[] logVar = new float[COUNT * LATENT];
    for (int i = 0; i < COUNT; i++) {
      boolean seven = LABELS[i] == 7;
      double side = random.nextBoolean() ? 3 : -3;
      double shared = random.nextGaussian();
      mu[i * LATENT] = (float) ((seven ? 4 : -2) + 0.3 * shared);
      mu[i * LATENT + 1] = (float) ((seven ? 0 : side) + 0.3 * random.nextGaussian());
      mu[i * LATENT + 3] = (float) (1 + 0.3 * shared);
      Arrays.fill(logVar, i * LATENT, (i + 1) * LATENT, (float) (2 * StrictMath.log(POSTERIOR)));
      logVar[i * LATENT + 2] = 0;
    }
    return new Codes(COUNT, LATENT, mu, logVar);
  }

  private static Mixture fit(Optional<byte[]> labels, int threads) {
    try (Team team = new Team(threads)) {
      return MixtureFit.fit(CODES, labels, 5, team);
    }
  }

  @Test
  void itFindsTheBlobsOfEachClass() {
    Mixture mixture = fit(Optional.of(LABELS), 1);
    assertThat(mixture.active()).containsExactly(0, 1, 3);
    double[] weight = new double[8];
    double[] mean = new double[8];
    for (int k = 0; k < mixture.components(); k++) {
      weight[mixture.classes()[k]] += mixture.weights()[k];
      mean[mixture.classes()[k]] += mixture.weights()[k] * mixture.means()[k * 3];
    }
    assertThat(weight[7]).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(weight[2]).isCloseTo(2 / 3.0, within(1e-6));
    // Standard errors of means over 1,000 and 2,000 points of deviation 0.36.
    assertThat(mean[7] / weight[7]).isCloseTo(4, within(4 * 0.36 / Math.sqrt(1000)));
    assertThat(mean[2] / weight[2]).isCloseTo(-2, within(4 * 0.36 / Math.sqrt(2000)));
    assertThat((double) mixture.restMean()[2]).isZero();
    assertThat((double) mixture.restDeviation()[2]).isCloseTo(1, within(1e-6));
  }

  @Test
  void theNumberOfComponentsIsThatOfTheBlobs() {
    assertThat(fit(Optional.empty(), 1).components()).isBetween(3, 4);
    assertThat(fit(Optional.empty(), 1).classes()).isEmpty();
  }

  /** Mean and covariance of draws against the truth, within about 5 standard errors. */
  @Test
  void drawsHaveTheMomentsOfTheBlobs() {
    Mixture mixture = fit(Optional.of(LABELS), 1);
    int n = 20_000;
    float[] z = new MixtureSampler(mixture, 1, 1, OptionalInt.of(7)).sample(n);
    double[] mean = new double[LATENT];
    double cross = 0;
    double square = 0;
    double collapsed = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < LATENT; j++) {
        mean[j] += z[i * LATENT + j] / n;
      }
      double first = z[i * LATENT] - 4;
      double last = z[i * LATENT + 3] - 1;
      cross += first * last / n;
      square += first * first / n;
      collapsed += z[i * LATENT + 2] * z[i * LATENT + 2] / n;
    }
    double[] expected = {4, 0, 0, 1};
    for (int j = 0; j < LATENT; j++) {
      assertThat(mean[j]).isCloseTo(expected[j], within(0.06));
    }
    assertThat(square).isCloseTo(0.09 + POSTERIOR * POSTERIOR, within(0.03));
    assertThat(cross).isCloseTo(0.09, within(0.025));
    assertThat(collapsed).isCloseTo(1, within(0.05));
  }

  @Test
  void theBitsDependNeitherOnThreadsNorOnTheCall() {
    Mixture one = fit(Optional.of(LABELS), 1);
    for (int threads : new int[] {1, 2, 3, 5}) {
      Mixture other = fit(Optional.of(LABELS), threads);
      assertThat(other.weights()).isEqualTo(one.weights());
      assertThat(other.means()).isEqualTo(one.means());
      assertThat(other.factors()).isEqualTo(one.factors());
      assertThat(other.classes()).isEqualTo(one.classes());
    }
  }

  @Test
  void stepsMakeThePointsLikelierAndPlainKernelsGiveTheSame() {
    Kernels kernels = Kernels.best();
    AggregatePosterior posterior = AggregatePosterior.of(CODES, Noise.of(3), kernels);
    Points points = posterior.draws();
    MixtureStart start = MixtureStart.of(points, 4, Noise.of(9));
    MixtureStart fitted = ExpectationMaximization.fit(points, start, kernels);
    MixtureStart plain = ExpectationMaximization.fit(points, start, Kernels.plain());
    double reached = ExpectationMaximization.meanLogDensity(fitted.components(), points, kernels);
    assertThat(reached)
        .isGreaterThan(
            ExpectationMaximization.meanLogDensity(start.components(), points, kernels) + 0.01)
        .isCloseTo(meanLogDensityOfTheTruth(points), within(0.03));
    for (int k = 0; k < 4; k++) {
      assertThat(plain.components().means()[k]).isEqualTo(fitted.components().means()[k]);
      assertThat(plain.components().factors()[k]).isEqualTo(fitted.components().factors()[k]);
    }
    assertThat(Arrays.stream(fitted.components().weights()).sum()).isCloseTo(1, within(1e-6));
  }

  /**
   * Of the blobs that the codes were made of, each a third and far from the others. Dimensions 0
   * and 3 have variance v and share 0.09 of it. A fit to 3,000 points with 39 parameters comes out
   * 39/6,000 above, and steps end within 0.01 of their goal.
   */
  private static double meanLogDensityOfTheTruth(Points points) {
    double v = 0.09 + POSTERIOR * POSTERIOR;
    double determinant = v * v - 0.09 * 0.09;
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      boolean seven = LABELS[i] == 7;
      double a = points.at(i, 0) - (seven ? 4 : -2);
      double b = points.at(i, 1) - (seven ? 0 : points.at(i, 1) > 0 ? 3 : -3);
      double c = points.at(i, 2) - 1;
      double square = (v * (a * a + c * c) - 2 * 0.09 * a * c) / determinant + b * b / v;
      double logVolume = StrictMath.log(determinant * v) + 3 * StrictMath.log(2 * Math.PI);
      sum -= 0.5 * (square + logVolume) + StrictMath.log(3);
    }
    return sum / COUNT;
  }

  /** With one component a step gives mean and covariance of the points, floor and prior aside. */
  @Test
  void oneComponentIsTheMeanAndTheCovariance() {
    Kernels kernels = Kernels.best();
    Points points = AggregatePosterior.of(CODES, Noise.of(3), kernels).draws();
    MixtureStart start = MixtureStart.of(points, 1, Noise.of(9));
    Components one = ExpectationMaximization.fit(points, start, kernels).components();
    double[] l = one.factors()[0];
    for (int a = 0; a < 3; a++) {
      double mean = 0;
      for (int i = 0; i < COUNT; i++) {
        mean += points.at(i, a) / COUNT;
      }
      assertThat(one.means()[0][a]).isCloseTo(mean, within(1e-5));
    }
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b <= a; b++) {
        double exact = 0;
        for (int i = 0; i < COUNT; i++) {
          exact +=
              (points.at(i, a) - one.means()[0][a]) * (points.at(i, b) - one.means()[0][b]) / COUNT;
        }
        double found = 0;
        for (int k = 0; k <= b; k++) {
          found += l[a * 3 + k] * l[b * 3 + k];
        }
        // The floor stands in the prior's points and is added once more.
        assertThat(found)
            .isCloseTo(exact, within(2 * ExpectationMaximization.FLOOR + 1e-5 * (1 + exact)));
      }
    }
  }

  @Test
  void aClassOfOneImageIsAComponent() {
    byte[] labels = LABELS.clone();
    labels[0] = 9;
    Mixture mixture = fit(Optional.of(labels), 1);
    assertThat(mixture.hasClass(9)).isTrue();
    float[] z = new MixtureSampler(mixture, 1, 0, OptionalInt.of(9)).sample(1);
    assertThat(z).doesNotContain(Float.NaN);
    assertThat(z[0]).isCloseTo(CODES.mu()[0], within((float) (5 * POSTERIOR)));
  }

  @Test
  void aCollapsedLatentSpaceIsRefused() {
    Codes collapsed = new Codes(20, 3, new float[60], new float[60]);
    assertThatThrownBy(() -> MixtureFit.fit(collapsed, Optional.empty(), 0, new Team(1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "mixture: expected a latent space that carries information, found all 3 dimensions collapsed to the prior; use --sampler prior, or train with a smaller beta");
  }
}
