package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {
  private static final int POINTS = 4001;

  private final Tape tape = new Tape(POINTS, Kernels.best(), new Team(1));

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3})
  void theDensityIntegratesToOne(double sigma) {
    double reach = 10 * sigma;
    double width = 2 * reach / (POINTS - 1);
    Tensor mean = tape.input("mean", 1, (row, out, at) -> out[at] = 0.7f);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = (float) (0.7 - reach + row * width));
    Tensor logProb = new Gaussian(mean, sigma).logProb(x);
    tape.forward(POINTS);
    double sum = 0;
    for (int row = 0; row < POINTS; row++) {
      sum += StrictMath.exp(logProb.values()[row]) * width;
    }
    // The trapezium rule is exact to double on a bell; the points are floats.
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void atTheMeanItIsMinusHalfTheLogOfTwoPiSigmaSquaredForEachPixel(double sigma) {
    int pixels = 50;
    Tensor x = tape.input("x", pixels, (row, out, at) -> out[at + 3] = 0.25f);
    Tensor logProb = new Gaussian(x, sigma).logProb(x);
    tape.forward(1);
    double exact = -0.5 * pixels * StrictMath.log(2 * StrictMath.PI * sigma * sigma);
    assertThat((double) logProb.values()[0]).isCloseTo(exact, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void aDistanceCostsHalfItsSquareInUnitsOfSigma(double sigma) {
    Tensor mean = tape.input("mean", 2, (row, out, at) -> out[at] = 0.5f);
    Tensor x = tape.input("x", 2, (row, out, at) -> out[at] = row == 0 ? 0.5f : 2.5f);
    Tensor logProb = new Gaussian(mean, sigma).logProb(x);
    tape.forward(2);
    double cost = logProb.values()[0] - logProb.values()[1];
    assertThat(cost).isCloseTo(2 / (sigma * sigma), within(1e-5));
  }
}
