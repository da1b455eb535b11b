package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuousBernoulliTest {
  /** Of floats of size 1; times the size of the value elsewhere. */
  private static final double ROUNDING = 2e-7;

  /** logit, x, log p(x), E[x]: printed by core/src/test/reference/continuous_bernoulli.py. */
  private static final double[][] GOLDEN = {
    {0, 0, 0.0, 0.5},
    {0, 0.25, 0.0, 0.5},
    {0, 1, 0.0, 0.5},
    {0.0001, 0, -5.0000415403539338e-5, 0.50000833333312143},
    {0.0001, 0.25, -2.5000416035092459e-5, 0.50000833333312143},
    {0.0001, 1, 4.9999582070248178e-5, 0.50000833333312143},
    {-0.001, 0, 0.00049995835707844809, 0.49991666666409743},
    {-0.001, 0.25, 0.00024995834520408526, 0.49991666666409743},
    {-0.001, 1, -0.00050004169041900322, 0.49991666666409743},
    {0.03, 0, -0.015037499381801535, 0.50249996244492671},
    {0.03, 0.25, -0.0075374995494395989, 0.50249996244492671},
    {0.03, 1, 0.014962499947646211, 0.50249996244492671},
    {0.5, 0, -0.26039505099275674, 0.54149408253679828},
    {0.5, 0.25, -0.13539505099275674, 0.54149408253679828},
    {0.5, 1, 0.23960494900724326, 0.54149408253679828},
    {-1.9, 0, 0.80386542925610154, 0.35044196687027467},
    {-1.9, 0.25, 0.32886543521656601, 0.35044196687027467},
    {-1.9, 1, -1.0961345469020406, 0.35044196687027467},
    {2, 0, -1.1614393615711956, 0.65651764274966565},
    {2, 0.25, -0.66143936157119563, 0.65651764274966565},
    {2, 1, 0.83856063842880437, 0.65651764274966565},
    {2.1, 0, -1.2274339215459486, 0.66335407353494207},
    {2.1, 0.25, -0.70243394538780654, 0.66335407353494207},
    {2.1, 1, 0.87256598308661973, 0.66335407353494207},
    {-5, 0, 1.6161986618835889, 0.19321634509369577},
    {-5, 0.25, 0.36619866188358893, 0.19321634509369577},
    {-5, 1, -3.3838013381164111, 0.19321634509369577},
    {12, 0, -9.5150872059807706, 0.91667281091677157},
    {12, 0.25, -6.5150872059807706, 0.91667281091677157},
    {12, 1, 2.4849127940192294, 0.91667281091677157},
    {-30, 0, 3.401197381662249, 0.033333333333239757},
    {-30, 0.25, -4.098802618337751, 0.033333333333239757},
    {-30, 1, -26.598802618337751, 0.033333333333239757},
    {60, 0, -55.905655437777899, 0.98333333333333333},
    {60, 0.25, -40.905655437777899, 0.98333333333333333},
    {60, 1, 4.0943445622221007, 0.98333333333333333},
  };

  private static final int POINTS = 2001;

  private final Tape tape = new Tape(POINTS, Kernels.best(), new Team(1));

  @Test
  void valuesAndMeansAreTheGoldenOnes() {
    Tensor logits = tape.input("l", 1, (row, out, at) -> out[at] = (float) GOLDEN[row][0]);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = (float) GOLDEN[row][1]);
    ContinuousBernoulli p = new ContinuousBernoulli(logits);
    Tensor logProb = p.logProb(x);
    Tensor mean = p.mean();
    tape.forward(GOLDEN.length);
    for (int row = 0; row < GOLDEN.length; row++) {
      double[] golden = GOLDEN[row];
      assertThat((double) logProb.values()[row])
          .as("log p(%s) of logit %s", golden[1], golden[0])
          .isCloseTo(golden[2], within(ROUNDING * (1 + Math.abs(golden[2]))));
      assertThat((double) mean.values()[row * mean.stride()])
          .as("mean of logit %s", golden[0])
          .isCloseTo(golden[3], within(ROUNDING));
    }
  }

  /** Simpson's rule; the error is (lh)⁴/180 relatively, 6e-8 at logit 60. */
  @ParameterizedTest
  @ValueSource(floats = {0, 1e-6f, -1e-3f, 0.4f, -1.99f, 2.01f, -7, 60})
  void theDensityIntegratesToOneAndItsMeanIsTheMean(float logit) {
    Tensor logits = tape.input("l", 1, (row, out, at) -> out[at] = logit);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = row / (POINTS - 1f));
    ContinuousBernoulli p = new ContinuousBernoulli(logits);
    Tensor logProb = p.logProb(x);
    Tensor mean = p.mean();
    tape.forward(POINTS);
    double sum = 0;
    double first = 0;
    for (int row = 0; row < POINTS; row++) {
      boolean end = row == 0 || row == POINTS - 1;
      double weight = (end ? 1 : row % 2 == 0 ? 2 : 4) / (3.0 * (POINTS - 1));
      double density = weight * StrictMath.exp(logProb.values()[row]);
      sum += density;
      first += density * row / (POINTS - 1);
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(first).isCloseTo(mean.values()[0], within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8, 13, 16, 25, 207})
  void pixelsAddUpAtEveryWidth(int pixels) {
    Random random = new Random(pixels);
    float[] l = new float[pixels];
    float[] grey = new float[pixels];
    for (int j = 0; j < pixels; j++) {
      l[j] = random.nextFloat() * 16 - 8;
      grey[j] = random.nextFloat();
    }
    Tensor logits = tape.input("l", pixels, (row, out, at) -> copy(l, out, at));
    Tensor x = tape.input("x", pixels, (row, out, at) -> copy(grey, out, at));
    Tensor logProb = new ContinuousBernoulli(logits).logProb(x);
    tape.forward(1);
    double exact = Doubles.continuousBernoulli(Doubles.of(l), Doubles.of(grey));
    assertThat((double) logProb.values()[0])
        .isCloseTo(exact, within(10 * ROUNDING * (1 + Math.abs(exact))));
  }

  private static void copy(float[] from, float[] to, int at) {
    System.arraycopy(from, 0, to, at, from.length);
  }

  /** Where the series hands over to the logarithm neither value nor mean jumps. */
  @Test
  void nothingJumpsAtTheCrossing() {
    Tensor logits = tape.input("l", 1, (row, out, at) -> out[at] = 2f + (row - 50) * 0x1p-22f);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = 0.3f);
    ContinuousBernoulli p = new ContinuousBernoulli(logits);
    Tensor logProb = p.logProb(x);
    Tensor mean = p.mean();
    tape.forward(100);
    for (int row = 1; row < 100; row++) {
      assertThat(logProb.values()[row]).isCloseTo(logProb.values()[row - 1], within(4e-7f));
      int at = row * mean.stride();
      assertThat(mean.values()[at]).isCloseTo(mean.values()[at - mean.stride()], within(2e-7f));
    }
  }

  @Test
  void extremeLogitsStayFiniteAndTheirMeansStayInTheUnitInterval() {
    float[] extreme = {-1e30f, -1e4f, -88f, -0f, 0f, Float.MIN_VALUE, 87.5f, 1e4f, 1e30f};
    Tensor logits = tape.input("l", extreme.length, (row, out, at) -> copy(extreme, out, at));
    Tensor x = tape.input("x", extreme.length, (row, out, at) -> out[at] = 1f);
    ContinuousBernoulli p = new ContinuousBernoulli(logits);
    Tensor logProb = p.logProb(x);
    Tensor mean = p.mean();
    tape.forward(1);
    assertThat(logProb.values()[0]).isFinite();
    for (int j = 0; j < extreme.length; j++) {
      assertThat(mean.values()[j]).isBetween(0f, 1f);
    }
    assertThat(mean.values()[3]).isEqualTo(0.5f);
    assertThat(mean.values()[4]).isEqualTo(0.5f);
  }

  @Test
  void noLossGoesThroughThePicture() {
    Parameter weight = Parameter.weight("w", 3, 3);
    Tensor x = tape.input("x", 3, (row, out, at) -> {});
    Tensor logits = tape.affine("logits", x, weight, Parameter.bias("b", 3));
    Tensor mean = new ContinuousBernoulli(logits).mean();
    Tensor error = tape.squaredError("error", mean, x);
    assertThatThrownBy(() -> tape.minimize(error))
        .hasMessage(
            "mean output is a picture and has no gradient; minimise the log-probability instead");
  }
}
