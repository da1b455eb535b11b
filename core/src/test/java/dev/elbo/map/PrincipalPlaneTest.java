package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
  /** Of doubles of size 1 to 100 after some thousand operations. */
  private static final double ROUNDING = 1e-9;

  /** Of the floats that a map is made of. */
  private static final double FLOAT_ROUNDING = 1e-5;

  /** Points (1, 2, 3) + a·(3, 4, 0)/5·s + b·(0, 0, 1) with a = ±2 and b = ±1. */
  private static Cloud rectangle() {
    return new Cloud(
        4, 3, new float[] {2.2f, 3.6f, 4, 2.2f, 3.6f, 2, -0.2f, 0.4f, 4, -0.2f, 0.4f, 2});
  }

  @Test
  void axesOfARectangleAreItsSides() {
    PrincipalPlane plane = PrincipalPlane.of(rectangle());
    assertThat(plane.centre()).containsExactly(new double[] {1, 2, 3}, within(FLOAT_ROUNDING));
    assertThat(plane.axes()[0]).containsExactly(new double[] {0.6, 0.8, 0}, within(FLOAT_ROUNDING));
    assertThat(plane.axes()[1]).containsExactly(new double[] {0, 0, 1}, within(FLOAT_ROUNDING));
    assertThat(plane.variances()).containsExactly(new double[] {4, 1}, within(FLOAT_ROUNDING));
    assertThat(plane.project(rectangle()).values())
        .containsExactly(new float[] {2, 1, 2, -1, -2, 1, -2, -1}, within((float) FLOAT_ROUNDING));
  }

  @Test
  void aPointOfThePlaneComesBackFromTheMap() {
    Cloud cloud = rectangle();
    PrincipalPlane plane = PrincipalPlane.of(cloud);
    Cloud map = plane.project(cloud);
    for (int i = 0; i < cloud.count(); i++) {
      float[] back = plane.at(map.at(i, 0), map.at(i, 1));
      for (int j = 0; j < 3; j++) {
        assertThat((double) back[j]).isCloseTo(cloud.at(i, j), within(FLOAT_ROUNDING));
      }
    }
  }

  @Test
  void axesAreEigenvectorsOfTheCovarianceWithTheLargestComponentPositive() {
    Cloud cloud = Clouds.groups(500, 9, 4, 5, 1);
    PrincipalPlane plane = PrincipalPlane.of(cloud);
    double[][] covariance = covariance(cloud);
    for (int k = 0; k < 2; k++) {
      double[] axis = plane.axes()[k];
      double largest = 0;
      for (int i = 0; i < 9; i++) {
        double product = 0;
        for (int j = 0; j < 9; j++) {
          product += covariance[i][j] * axis[j];
        }
        assertThat(product).isCloseTo(plane.variances()[k] * axis[i], within(ROUNDING));
        largest = Math.abs(axis[i]) > Math.abs(largest) ? axis[i] : largest;
      }
      assertThat(largest).isPositive();
      assertThat(dot(axis, axis)).isCloseTo(1, within(ROUNDING));
    }
    assertThat(dot(plane.axes()[0], plane.axes()[1])).isCloseTo(0, within(ROUNDING));
    assertThat(plane.variances()[0]).isGreaterThan(plane.variances()[1]);
  }

  @Test
  void aCloudWithoutASecondDirectionStillHasTwoAxes() {
    PrincipalPlane line =
        PrincipalPlane.of(new Cloud(3, 3, new float[] {0, 1, 0, 0, 2, 0, 0, 3, 0}));
    assertThat(line.axes()[0]).containsExactly(0, 1, 0);
    assertThat(line.axes()[1]).containsExactly(1, 0, 0);
    assertThat(line.variances()[1]).isZero();
    PrincipalPlane point = PrincipalPlane.of(new Cloud(2, 2, new float[] {7, 7, 7, 7}));
    assertThat(point.axes()[0]).containsExactly(1, 0);
    assertThat(point.axes()[1]).containsExactly(0, 1);
    PrincipalPlane ofOneDimension = PrincipalPlane.of(new Cloud(2, 1, new float[] {1, 3}));
    assertThat(ofOneDimension.axes()[0]).containsExactly(1);
    assertThat(ofOneDimension.axes()[1]).containsExactly(0);
    assertThat(ofOneDimension.at(1, 5)).containsExactly(3);
  }

  @Test
  void aPlaneIsItsOwnMap() {
    Cloud cloud = Clouds.groups(50, 2, 2, 3, 4);
    PrincipalPlane plane = PrincipalPlane.ofItself(cloud);
    assertThat(plane.project(cloud).values()).containsExactly(cloud.values());
    double[][] covariance = covariance(cloud);
    assertThat(plane.variances())
        .containsExactly(new double[] {covariance[0][0], covariance[1][1]}, within(ROUNDING));
    assertThatThrownBy(() -> PrincipalPlane.ofItself(rectangle()))
        .hasMessage("dimensions (=3) must be 2");
  }

  @Test
  void aCloudRefusesWhatIsNoPoint() {
    assertThatThrownBy(() -> new Cloud(2, 2, new float[3]))
        .hasMessage("values (=3) must be count (=2) times dimensions (=2)");
    assertThatThrownBy(() -> new Cloud(1, 2, new float[] {0, Float.NaN}))
        .hasMessage("values must be finite");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static double[][] covariance(Cloud cloud) {
    int size = cloud.dimensions();
    double[][] covariance = new double[size][size];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        double productMean = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < cloud.count(); i++) {
          productMean += (double) cloud.at(i, j) * cloud.at(i, k) / cloud.count();
          first += (double) cloud.at(i, j) / cloud.count();
          second += (double) cloud.at(i, k) / cloud.count();
        }
        covariance[j][k] = productMean - first * second;
      }
    }
    return covariance;
  }
}
