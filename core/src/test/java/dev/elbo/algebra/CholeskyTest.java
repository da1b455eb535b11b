package dev.elbo.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** L = (2; 1 3; −1 0.5 0.25) times its transpose. */
  private static final double[] COVARIANCE = {4, 2, -2, 2, 10, 0.5, -2, 0.5, 1.3125};

  private static final double[] L = {2, 0, 0, 1, 3, 0, -1, 0.5, 0.25};

  @Test
  void theFactorTimesItsTransposeIsTheMatrix() {
    assertThat(Cholesky.factor(COVARIANCE, 3)).containsExactly(L, within(1e-12));
  }

  @Test
  void theInverseTimesTheFactorIsTheIdentity() {
    double[] inverse = Cholesky.inverse(L, 3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += inverse[i * 3 + k] * L[k * 3 + j];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }

  @Test
  void theCongruenceOfTheIdentityIsTheMatrix() {
    double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    assertThat(Cholesky.congruence(L, identity, 3)).containsExactly(COVARIANCE, within(1e-12));
  }

  @Test
  void whatIsNoCovarianceIsRefused() {
    assertThatThrownBy(() -> Cholesky.factor(new double[] {1, 2, 2, 1}, 2))
        .hasMessage("pivot 1 (=-3.0) must be above 0");
  }
}
