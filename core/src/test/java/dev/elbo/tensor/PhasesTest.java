package dev.elbo.tensor;

import static dev.elbo.tensor.GradientCheck.IN;
import static dev.elbo.tensor.GradientCheck.affine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that read across rows: their gradients, their phases, the same bits. */
class PhasesTest {
  private static final int OUT = 3;
  private static final Scalar ONE = new Scalar(1);

  private final GradientCheck check = new GradientCheck();

  private static double[][] mapRows(double[][] x, UnaryOperator<double[]> f) {
    return Arrays.stream(x).map(f).toArray(double[][]::new);
  }

  private static double mixture(double[] z, double[][] mu, double[][] logVar) {
    return Doubles.logMeanExp(
        IntStream.range(0, mu.length)
            .mapToDouble(k -> Doubles.logDensity(z, mu[k], logVar[k]))
            .toArray());
  }

  /**
   * Components that are an encoder's of inputs that are learned: the encoder is used twice, on rows
   * of the batch and on rows of its own.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "20, 1", "7, 4"})
  void theGradientOfAMixtureReachesTheInputsOfItsComponents(int components, int samples) {
    Parameter[] encoder = check.layer(IN, OUT);
    Parameter[] spread = check.layer(IN, OUT);
    Parameter pseudo = check.add(Parameter.weight("pseudo-inputs", components, IN), 1);
    check.check(
        (tape, x) -> {
          Tensor inputs =
              tape.apply("sigmoid", ElementFunction.SIGMOID, tape.parameterRows(pseudo));
          Tensor mu = affine(inputs, encoder);
          Tensor logVar = affine(inputs, spread);
          Tensor m = tape.repeatRows("mu", affine(x, encoder), samples);
          Tensor l = tape.repeatRows("log var", affine(x, spread), samples);
          Tensor z = tape.reparameterize("z", m, l, GradientCheck::key);
          Tensor logPz = tape.mixtureLogDensity("log p(z)", z, mu, logVar);
          Tensor logQz = tape.gaussianLogDensity("log q(z)", z, m, l);
          Tensor logW =
              tape.weightedSum("log w", List.of(logPz, logQz), List.of(ONE, new Scalar(-1)));
          return tape.logMeanExp("bound", logW, samples);
        },
        (p, x) -> {
          // A weight lies as [out, in] in files: transposed, so that pseudo-input k is a column.
          double[][] inputs = new double[components][IN];
          for (int k = 0; k < components; k++) {
            for (int j = 0; j < IN; j++) {
              inputs[k][j] = p[4][j * components + k];
            }
            inputs[k] = Doubles.apply(ElementFunction.SIGMOID, inputs[k]);
          }
          double[][] mu = mapRows(inputs, u -> affine(u, p, 0));
          double[][] logVar = mapRows(inputs, u -> affine(u, p, 1));
          double[] losses = new double[x.length];
          for (int row = 0; row < x.length; row++) {
            double[] logW = new double[samples];
            for (int s = 0; s < samples; s++) {
              double[] m = affine(x[row], p, 0);
              double[] l = affine(x[row], p, 1);
              double[] z = Doubles.reparameterize(m, l, GradientCheck.eps(row, s, OUT));
              logW[s] = mixture(z, mu, logVar) - Doubles.logDensity(z, m, l);
            }
            losses[row] = Doubles.logMeanExp(logW);
          }
          return losses;
        });
  }

  /** The mean of all rows is mean and log-variance of a density that each row is measured by. */
  @Test
  void theGradientOfAMeanOverTheBatchReachesEveryRow() {
    Parameter[] first = check.layer(IN, OUT);
    check.check(
        (tape, x) -> {
          Tensor h = tape.apply("h", ElementFunction.TANH, affine(x, first));
          Tensor mean = tape.meanOverBatch("mean", h);
          return tape.mixtureLogDensity("log p", h, mean, mean);
        },
        (p, x) -> {
          double[][] h = mapRows(x, u -> Doubles.apply(ElementFunction.TANH, affine(u, p, 0)));
          double[] mean = new double[OUT];
          for (double[] row : h) {
            for (int j = 0; j < OUT; j++) {
              mean[j] += row[j] / h.length;
            }
          }
          return Arrays.stream(h).mapToDouble(row -> Doubles.logDensity(row, mean, mean)).toArray();
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 100})
  void freeNatsAreTheMaximumOfTheBatchMeans(double free) {
    Parameter[] mu = check.layer(IN, 17);
    Parameter[] logVar = check.layer(IN, 17);
    check.check(
        (tape, x) -> {
          Tensor kl = tape.klByDimension("KL", affine(x, mu), affine(x, logVar));
          return tape.freeNats("free", kl, free);
        },
        (p, x) -> {
          double[][] kl = new double[x.length][17];
          double[] mean = new double[17];
          for (int row = 0; row < x.length; row++) {
            double[] m = affine(x[row], p, 0);
            double[] l = affine(x[row], p, 1);
            for (int j = 0; j < 17; j++) {
              kl[row][j] = Doubles.kl(new double[] {m[j]}, new double[] {l[j]});
              mean[j] += kl[row][j] / x.length;
            }
          }
          return Arrays.stream(kl).mapToDouble(row -> free(row, mean, free)).toArray();
        });
  }

  private static double free(double[] kl, double[] mean, double free) {
    return IntStream.range(0, kl.length).mapToDouble(j -> mean[j] > free ? kl[j] : free).sum();
  }

  /** The twin moves σ² with the weights, and the gradient that leaves it alone is the same. */
  @Test
  void theGradientUnderTheBestVarianceIsThatOfItsMovingToo() {
    Parameter[] layer = check.layer(IN, IN);
    Parameter sigmaSquared = Parameter.bias("σ²", 1);
    sigmaSquared.set(new float[] {7});
    check.check(
        (tape, x) -> {
          Tensor error = tape.squaredError("error", affine(x, layer), x);
          Tensor variance = tape.batchVariance("σ²", error, IN, 1e-9, sigmaSquared);
          return tape.calibratedGaussianLogProb("log p", error, variance, IN);
        },
        (p, x) -> {
          double variance = 0;
          for (double[] row : x) {
            double[] y = affine(row, p, 0);
            for (int j = 0; j < IN; j++) {
              variance += (row[j] - y[j]) * (row[j] - y[j]) / (IN * x.length);
            }
          }
          double sigma = Math.sqrt(variance);
          assertThat(sigmaSquared.values()[0]).isPositive().isNotEqualTo(7f);
          return Arrays.stream(x)
              .mapToDouble(row -> Doubles.gaussian(affine(row, p, 0), row, sigma))
              .toArray();
        });
  }

  @Test
  void valuesAcrossRowsAreThereWithoutAStepToo() {
    for (int threads : new int[] {1, 3}) {
      try (Team team = new Team(threads)) {
        Tape tape = new Tape(50, Kernels.best(), team);
        Tensor x = tape.input("x", 2, (row, out, at) -> out[at] = row);
        Tensor mean = tape.meanOverBatch("mean", x);
        Tensor numbers = tape.meanOverBatch("n", tape.standardNormalLogDensity("log p", x));
        for (int rows : new int[] {50, 3, 41}) {
          tape.forward(rows);
          assertThat(mean.values()[0]).isEqualTo((rows - 1) / 2f);
          assertThat(mean.values()[1]).isZero();
          double exact = 0;
          for (int row = 0; row < rows; row++) {
            exact -= (0.5 * row * row + StrictMath.log(2 * StrictMath.PI)) / rows;
          }
          assertThat((double) numbers.values()[0]).isCloseTo(exact, within(1e-6 * -exact));
        }
      }
    }
  }

  @Test
  void mistakesOfTheCallerAreNamed() {
    Tape tape = new Tape(4, Kernels.plain(), new Team(1));
    Tensor x = tape.input("x", 5, (row, out, at) -> {});
    Tensor mean = tape.meanOverBatch("mean", x);
    assertRefused("mean has no row for each image", () -> tape.meanOverBatch("again", mean));
    assertRefused("mean has no row for each image", () -> tape.repeatRows("r", mean, 2));
    assertRefused(
        "x has rows for each image, and must be components of its own",
        () -> tape.mixtureLogDensity("m", x, x, x));
    assertRefused(
        "the rows of x (1 an image) must be those of mean (1 in all)",
        () -> tape.product("p", x, mean));
  }

  private static void assertRefused(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
