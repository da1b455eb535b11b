package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelGaussianTest {
  private static final int POINTS = 2001;

  /** Sums of up to 207 floats of size 10. */
  private static final double ROUNDING = 2e-6;

  private final Tape tape = new Tape(POINTS, Kernels.best(), new Team(1));

  private Tensor constant(String name, float... values) {
    return tape.input(
        name, values.length, (row, out, at) -> System.arraycopy(values, 0, out, at, values.length));
  }

  @ParameterizedTest
  @ValueSource(floats = {-11, -2, 0, 3})
  void theDensityIntegratesToOne(float logVar) {
    double reach = 10 * StrictMath.exp(logVar / 2);
    double width = 2 * reach / (POINTS - 1);
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = (float) (row * width - reach));
    Tensor logProb = new PixelGaussian(constant("mean", 0f), constant("logVar", logVar)).logProb(x);
    tape.forward(POINTS);
    double sum = 0;
    for (int row = 0; row < POINTS; row++) {
      sum += StrictMath.exp(logProb.values()[row]) * width;
    }
    // The trapezium rule is exact to double on a bell; points and values are floats.
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8, 13, 16, 25, 207})
  void itIsTheTextbookFormulaAtEveryWidth(int pixels) {
    Random random = new Random(pixels);
    float[][] rows = new float[3][pixels];
    for (float[] row : rows) {
      for (int j = 0; j < pixels; j++) {
        row[j] = random.nextFloat() * 4 - 2;
      }
    }
    Tensor logProb =
        new PixelGaussian(constant("mean", rows[0]), constant("logVar", rows[1]))
            .logProb(constant("x", rows[2]));
    tape.forward(1);
    double exact =
        Doubles.pixelGaussian(Doubles.of(rows[0]), Doubles.of(rows[1]), Doubles.of(rows[2]));
    assertThat((double) logProb.values()[0])
        .isCloseTo(exact, within(ROUNDING * (1 + Math.abs(exact))));
  }

  @Test
  void withOneVarianceForAllItIsTheGaussian() {
    float[] mean = {0.1f, 0.9f, 0.4f};
    float[] logVar = new float[3];
    Arrays.fill(logVar, (float) (2 * StrictMath.log(0.3)));
    Tensor x = constant("x", 0f, 1f, 0.5f);
    Tensor m = constant("mean", mean);
    Tensor many = new PixelGaussian(m, constant("logVar", logVar)).logProb(x);
    Tensor one = new Gaussian(m, 0.3).logProb(x);
    tape.forward(1);
    assertThat((double) many.values()[0]).isCloseTo(one.values()[0], within(ROUNDING));
  }

  @Test
  void headsAreBoundedSmoothlyAndAreThemselvesInside() {
    Tensor head = constant("head", -1000f, -12f, 0.7f, 11f, 1000f);
    PixelGaussian likelihood = PixelGaussian.ofHeads(head, head);
    tape.forward(1);
    assertThat(Arrays.copyOf(likelihood.logVar().values(), 5))
        .containsExactly(-16f, -12f, 0.7f, 11f, 16f);
    assertThat(likelihood.mean()).isSameAs(head);
  }
}
