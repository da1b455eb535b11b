package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MixtureTest {
  /** Two components in dimensions 0 and 2 of 3; dimension 1 is N(0.5, 2²). */
  private static final Mixture MIXTURE =
      new Mixture(
          new int[] {0, 2},
          new float[] {0.25f, 0.75f},
          new int[] {4, 5},
          new float[] {-3, 1, 2, 0},
          new float[] {0.5f, 0.3f, 0.4f, 1f, -0.5f, 0.25f},
          new float[] {9, 0.5f, 9},
          new float[] {9, 2, 9});

  private static MixtureSampler sampler(double temperature, OptionalInt label) {
    return new MixtureSampler(MIXTURE, 3, temperature, label);
  }

  @Test
  void theDensityIntegratesToOne() {
    int points = 161;
    double width = 0.1;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        float[] z = {(float) ((i - 80) * width), 0.5f, (float) ((j - 80) * width)};
        sum += StrictMath.exp(MIXTURE.logDensity(z, 0)) * width * width;
      }
    }
    // Dimension 1 stays at its mean, where its density is 1/(2·√(2π)).
    assertThat(sum * 2 * Math.sqrt(2 * Math.PI)).isCloseTo(1, within(1e-4));
  }

  @Test
  void drawsAreOfTheDensity() {
    int n = 40_000;
    float[] z = sampler(1, OptionalInt.empty()).sample(n);
    double left = 0;
    double mean = 0;
    double square = 0;
    double cross = 0;
    for (int i = 0; i < n; i++) {
      left += z[3 * i] < -1 ? 1.0 / n : 0;
      mean += z[3 * i] / n;
      square += (z[3 * i + 1] - 0.5) * (z[3 * i + 1] - 0.5) / n;
      cross += z[3 * i] * z[3 * i + 2] / n;
    }
    double fourErrors = 4 / Math.sqrt(n);
    // A share of 0.00135 of the second component, N(2, 1), lies below −1.
    assertThat(left).isCloseTo(0.25 + 0.75 * 0.00135, within(0.45 * fourErrors));
    assertThat(mean).isCloseTo(-0.75 + 1.5, within(2.4 * fourErrors));
    assertThat(square).isCloseTo(4, within(4 * Math.sqrt(2) * fourErrors));
    double expected = 0.25 * (-3 + 0.5 * 0.3) + 0.75 * (-0.5);
    assertThat(cross).isCloseTo(expected, within(2 * fourErrors));
  }

  @Test
  void drawsDoNotDependOnHowManyAreAskedFor() {
    float[] many = sampler(1, OptionalInt.empty()).sample(50);
    assertThat(sampler(1, OptionalInt.empty()).sample(7)).isEqualTo(Arrays.copyOf(many, 21));
    assertThat(sampler(1, OptionalInt.empty()).sample(20, 7, Kernels.best()))
        .isEqualTo(Arrays.copyOfRange(many, 60, 81));
    assertThat(new MixtureSampler(MIXTURE, 4, 1, OptionalInt.empty()).sample(7))
        .isNotEqualTo(Arrays.copyOf(many, 21));
  }

  @Test
  void atTemperatureZeroDrawsAreTheMeans() {
    float[] z = sampler(0, OptionalInt.empty()).sample(30);
    for (int i = 0; i < 30; i++) {
      float[] draw = Arrays.copyOfRange(z, 3 * i, 3 * i + 3);
      assertThat(draw).isIn(new float[] {-3, 0.5f, 1}, new float[] {2, 0.5f, 0});
    }
  }

  @Test
  void temperatureScalesTheDeviationFromTheMean() {
    float[] one = sampler(1, OptionalInt.of(5)).sample(10);
    float[] half = sampler(0.5, OptionalInt.of(5)).sample(10);
    for (int i = 0; i < 10; i++) {
      assertThat(half[3 * i] - 2).isCloseTo((one[3 * i] - 2) / 2, within(1e-6f));
      assertThat(half[3 * i + 1] - 0.5f).isCloseTo((one[3 * i + 1] - 0.5f) / 2, within(1e-6f));
    }
    float[] prior = new Prior(4, 3).sample(5);
    float[] cool = new Prior(4, 3, 0.5).sample(5);
    for (int j = 0; j < prior.length; j++) {
      assertThat(cool[j]).isEqualTo(prior[j] / 2);
    }
  }

  @Test
  void aLabelKeepsToItsComponents() {
    float[] z = sampler(0, OptionalInt.of(4)).sample(20);
    for (int i = 0; i < 20; i++) {
      assertThat(z[3 * i]).isEqualTo(-3);
    }
    assertThatThrownBy(() -> sampler(1, OptionalInt.of(6)))
        .hasMessage("label (=6) must be a class of the mixture");
  }
}
