package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
  private static final double ROUNDING = 1e-11;

  private static double between(FeatureMoments a, FeatureMoments b) {
    return new FrechetDistance(a).to(b);
  }

  private static FeatureMoments moments(double[] mean, double... covariance) {
    return new FeatureMoments(mean, covariance);
  }

  @Test
  void inOneDimensionItIsTheDistanceOfMeansAndDeviations() {
    FeatureMoments a = moments(new double[] {1}, 4);
    FeatureMoments b = moments(new double[] {4}, 0.25);
    assertThat(between(a, b)).isCloseTo(9 + 1.5 * 1.5, within(ROUNDING));
  }

  @Test
  void ofIndependentDimensionsItIsTheSum() {
    FeatureMoments a = moments(new double[] {0, 1, 2}, 1, 0, 0, 0, 9, 0, 0, 0, 0);
    FeatureMoments b = moments(new double[] {1, 1, 0}, 4, 0, 0, 0, 9, 0, 0, 0, 16);
    assertThat(between(a, b)).isCloseTo(1 + 4 + (1 + 0 + 16), within(ROUNDING));
  }

  @Test
  void ofCovariancesThatDoNotCommuteItIsTheClosedForm() {
    // In two dimensions tr M^½ = √(tr M + 2√det M), here of M = C₁C₂.
    FeatureMoments a = moments(new double[2], 2, 1, 1, 2);
    FeatureMoments b = moments(new double[2], 3, -0.5, -0.5, 1);
    double trace = 2 * 3 + 1 * -0.5 + 1 * -0.5 + 2 * 1;
    double determinant = (2 * 2 - 1) * (3 * 1 - 0.25);
    double root = StrictMath.sqrt(trace + 2 * StrictMath.sqrt(determinant));
    assertThat(between(a, b)).isCloseTo(4 + 4 - 2 * root, within(ROUNDING));
    assertThat(between(b, a)).isCloseTo(between(a, b), within(ROUNDING));
  }

  @Test
  void ofASetWithItselfItIsZeroAlsoWhereFeaturesAreDead() {
    Vectors cloud = Cloud.normal(1, 500, 40, 3, 2);
    for (int row = 0; row < cloud.count(); row++) {
      cloud.values()[row * cloud.stride() + 7] = 0;
      cloud.values()[row * cloud.stride() + 8] = cloud.values()[row * cloud.stride() + 9];
    }
    FeatureMoments moments = FeatureMoments.of(cloud);
    assertThat(between(moments, moments)).isBetween(0.0, 1e-9);
  }

  @Test
  void ofTwoDrawsOfOneDistributionItFallsWithTheirSize() {
    // As 1/count, give or take what chance does to 65 numbers.
    assertThat(ofDraws(4000)).isBetween(0.12 * ofDraws(1000), 0.5 * ofDraws(1000));
  }

  private static double ofDraws(int count) {
    return between(
        FeatureMoments.of(Cloud.normal(2, count, 10, 0, 1)),
        FeatureMoments.of(Cloud.normal(3, count, 10, 0, 1)));
  }

  @Test
  void momentsAreThoseOfTheHand() {
    Vectors vectors = Vectors.of(3, 2);
    float[][] rows = {{1, 10}, {2, 14}, {6, 12}};
    for (int i = 0; i < 3; i++) {
      vectors.set(i, rows[i], 0);
    }
    FeatureMoments moments = FeatureMoments.of(vectors);
    assertThat(moments.mean()).containsExactly(new double[] {3, 12}, within(ROUNDING));
    // Deviations (−2, −2), (−1, 2), (3, 0): sums of products 14, 2, 8, over n − 1 = 2.
    assertThat(moments.covariance()).containsExactly(new double[] {7, 1, 1, 4}, within(ROUNDING));
  }
}
