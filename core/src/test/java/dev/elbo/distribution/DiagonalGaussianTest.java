package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiagonalGaussianTest {
  private static final int DRAWS = 1 << 14;
  private static final double FOUR_SIGMA = 4;

  private final Tape tape = new Tape(DRAWS, Kernels.best(), new Team(1));

  /** The same values in every row. */
  private Tensor constant(String name, float... values) {
    return tape.input(
        name, values.length, (row, out, at) -> System.arraycopy(values, 0, out, at, values.length));
  }

  private DiagonalGaussian gaussian(float[] mu, float[] logVar) {
    return new DiagonalGaussian(constant("mu", mu), constant("logVar", logVar));
  }

  private float kl(float[] mu, float[] logVar) {
    Tensor kl = gaussian(mu, logVar).klTo(StandardNormal.PRIOR);
    tape.forward(1);
    return kl.values()[0];
  }

  @Test
  void klOfThePriorWithItselfIsZero() {
    assertThat(kl(new float[70], new float[70])).isZero();
  }

  @Test
  void klOfAShiftedUnitGaussianIsHalfTheSquaredShift() {
    assertThat(kl(new float[] {3, -4}, new float[2])).isEqualTo(12.5f);
  }

  @Test
  void klIsTheClosedFormForAnyWidthAndScale() {
    Random random = new Random(2);
    for (int latent : new int[] {1, 2, 15, 16, 17, 64, 100}) {
      float[] mu = new float[latent];
      float[] logVar = new float[latent];
      for (int j = 0; j < latent; j++) {
        mu[j] = (float) random.nextGaussian() * 3;
        logVar[j] = random.nextFloat() * 24 - 12;
      }
      double exact = Doubles.kl(Doubles.of(mu), Doubles.of(logVar));
      // Of dozens of positive terms each is rounded at 2⁻²⁴ a few times.
      assertThat((double) kl(mu, logVar)).isCloseTo(exact, within(1e-6 * (1 + exact)));
    }
  }

  @Test
  void klIsTheMeanLogRatioOfDraws() {
    float[] mu = {0.8f, -1.5f, 0f, 0.1f};
    float[] logVar = {-1f, 0.7f, -4f, 0f};
    DiagonalGaussian q = gaussian(mu, logVar);
    Tensor z = q.sample((row, sample) -> Noise.of(1).at(row).key());
    Tensor kl = q.klTo(StandardNormal.PRIOR);
    tape.forward(DRAWS);
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < DRAWS; row++) {
      double ratio = 0;
      for (int j = 0; j < mu.length; j++) {
        double value = z.values()[row * z.stride() + j];
        double standard = (value - mu[j]) / StrictMath.exp(logVar[j] / 2);
        ratio += -0.5 * (standard * standard + logVar[j]) + 0.5 * value * value;
      }
      sum += ratio;
      squares += ratio * ratio;
    }
    double mean = sum / DRAWS;
    double standardError = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
    assertThat(mean).isCloseTo(kl.values()[0], within(FOUR_SIGMA * standardError));
    assertThat(standardError).isLessThan(0.05);
  }

  @Test
  void drawsHaveTheMeanAndTheVariance() {
    float[] mu = {5f, -2f, 0f};
    float[] logVar = {0f, 2f, -6f};
    Tensor z = gaussian(mu, logVar).sample((row, sample) -> Noise.of(2).at(row).key());
    tape.forward(DRAWS);
    for (int j = 0; j < mu.length; j++) {
      double sigma = StrictMath.exp(logVar[j] / 2);
      double mean = 0;
      double square = 0;
      for (int row = 0; row < DRAWS; row++) {
        double standard = (z.values()[row * z.stride() + j] - mu[j]) / sigma;
        mean += standard / DRAWS;
        square += standard * standard / DRAWS;
      }
      assertThat(mean).isCloseTo(0, within(FOUR_SIGMA / Math.sqrt(DRAWS)));
      assertThat(square).isCloseTo(1, within(FOUR_SIGMA * Math.sqrt(2.0 / DRAWS)));
    }
  }
}
