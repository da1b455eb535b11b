package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratedGaussianTest {
  private static final int ROWS = 40;
  private static final int PIXELS = 25;

  /** Sums of 25 floats, and a variance that is a float. */
  private static final double ROUNDING = 1e-6;

  private final Tape tape = new Tape(4001, Kernels.best(), new Team(1));
  private final float[][] pixels = uniform(1);
  private final float[][] means = uniform(2);

  private static float[][] uniform(long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[ROWS][PIXELS];
    for (float[] row : rows) {
      for (int j = 0; j < PIXELS; j++) {
        row[j] = random.nextFloat();
      }
    }
    return rows;
  }

  private Tensor input(String name, float[][] rows) {
    return tape.input(
        name, PIXELS, (row, out, at) -> System.arraycopy(rows[row], 0, out, at, PIXELS));
  }

  private double exactSquaredError() {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < PIXELS; j++) {
        double difference = (double) pixels[i][j] - means[i][j];
        sum += difference * difference;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3})
  void theDensityIntegratesToOne(double sigma) {
    int points = 4001;
    double reach = 10 * sigma;
    double width = 2 * reach / (points - 1);
    Tensor mean = tape.input("mean", 1, (row, out, at) -> out[at] = 0.7f);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = (float) (0.7 - reach + row * width));
    Tensor logProb = new CalibratedGaussian(mean, variance(sigma * sigma)).logProb(x);
    tape.forward(points);
    double sum = 0;
    for (int row = 0; row < points; row++) {
      sum += StrictMath.exp(logProb.values()[row]) * width;
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Test
  void theVarianceMayChangeBetweenReplays() {
    Parameter variance = variance(1);
    Tensor mean = input("mean", means);
    Tensor x = input("x", pixels);
    Tensor calibrated = new CalibratedGaussian(mean, variance).logProb(x);
    Tensor one = new Gaussian(mean, 1).logProb(x);
    Tensor half = new Gaussian(mean, 0.5).logProb(x);
    for (Tensor fixed : new Tensor[] {one, half}) {
      variance.set(new float[] {fixed == one ? 1 : 0.25f});
      tape.forward(ROWS);
      for (int row = 0; row < ROWS; row++) {
        double expected = fixed.values()[row];
        assertThat((double) calibrated.values()[row])
            .isCloseTo(expected, within(ROUNDING * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void theCalibratedSigmaIsTheRootOfTheMeanSquaredError() {
    Tensor error = tape.squaredError("error", input("mean", means), input("x", pixels));
    tape.forward(ROWS);
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += error.values()[row];
    }
    double rmse = Math.sqrt(exactSquaredError() / (ROWS * PIXELS));
    assertThat(new Calibration(sum, ROWS, PIXELS).sigma()).isCloseTo(rmse, within(ROUNDING));
  }

  @Test
  void inTrainingTheVarianceIsTheBestOneForTheBatch() {
    Parameter variance = variance(1);
    Parameter weight = Parameter.weight("w", PIXELS, PIXELS);
    for (int j = 0; j < PIXELS; j++) {
      weight.values()[j * weight.stride() + j] = 1;
    }
    Tensor mean =
        tape.affine("mean", input("means", means), weight, Parameter.bias("b", PIXELS)); // as given
    Tensor logProb = new CalibratedGaussian(mean, variance).logProb(input("x", pixels));
    tape.minimize(logProb);
    tape.step(ROWS, (parameter, from, to, gradient) -> true);
    Calibration best = new Calibration(exactSquaredError(), ROWS, PIXELS);
    double top = best.meanLogProb();
    assertThat(mean(logProb)).isCloseTo(top, within(ROUNDING * (1 + Math.abs(top))));
    assertThat((double) variance.values()[0]).isCloseTo(best.variance(), within(ROUNDING));
  }

  @Test
  void noOtherVarianceMakesTheImagesLikelier() {
    Calibration best = new Calibration(exactSquaredError(), ROWS, PIXELS);
    Parameter variance = variance(best.variance());
    Tensor logProb =
        new CalibratedGaussian(input("mean", means), variance).logProb(input("x", pixels));
    double top = meanLogProb(logProb);
    assertThat(top).isCloseTo(best.meanLogProb(), within(ROUNDING * (1 + Math.abs(top))));
    for (double factor : new double[] {0.25, 0.9, 0.98, 1.02, 1.1, 4}) {
      variance.set(new float[] {(float) (best.variance() * factor)});
      // Σ over D pixels of −½(1/f + ln f), which is greatest at f = 1.
      double loss = 0.5 * PIXELS * (1 / factor + StrictMath.log(factor) - 1);
      assertThat(loss).isPositive();
      assertThat(top - meanLogProb(logProb)).isCloseTo(loss, within(1e-5 * (1 + loss)));
    }
  }

  private double meanLogProb(Tensor logProb) {
    tape.forward(ROWS);
    return mean(logProb);
  }

  private static double mean(Tensor logProb) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += logProb.values()[row];
    }
    return sum / ROWS;
  }

  private static Parameter variance(double value) {
    Parameter variance = Parameter.bias("variance", 1);
    variance.set(new float[] {(float) value});
    return variance;
  }

  @Test
  void aPerfectReconstructionGetsTheVarianceOfRoundingToBytes() {
    Calibration perfect = new Calibration(0, 3, 784);
    assertThat(perfect.sigma()).isCloseTo(1 / 255.0 / Math.sqrt(12), within(1e-15));
    assertThat(perfect.meanLogProb())
        .isCloseTo(-392 * StrictMath.log(2 * StrictMath.PI * perfect.variance()), within(1e-9));
  }

  @Test
  void noImagesAreNoCalibration() {
    assertThatThrownBy(() -> new Calibration(1, 0, 784))
        .hasMessage("images (=0) and pixels (=784) must be at least 1");
  }

  @Test
  void whatIsNoNumberARowIsRefused() {
    Tensor x = input("x", pixels);
    assertThatThrownBy(() -> tape.calibratedGaussianLogProb("p", x, x, PIXELS))
        .hasMessage("x must be one number a row");
  }
}
