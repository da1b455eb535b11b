package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation's gradient against central differences of its twin in double. */
class TapeGradientTest {
  private static final int ROWS = 11;
  private static final int IN = 5;
  private static final int OUT = 3;

  /** Central differences in double are good to about h² = 1e-10 here. */
  private static final double H = 1e-5;

  /** Floats carry 24 bits; sums of some dozens of terms of size 1 lose two digits of seven. */
  private static final double TOLERANCE = 2e-5;

  private final List<Parameter> parameters = new ArrayList<>();
  private final Random random = new Random(5);

  private interface Recording {
    Tensor loss(Tape tape, Tensor x);
  }

  /** The same for one row in double; {@code p} are the parameters in the order of creation. */
  private interface Twin {
    double loss(double[][] p, double[] x, int row);
  }

  private Parameter[] layer(int in, int out) {
    int number = parameters.size() / 2;
    Parameter weight = Parameter.weight("w" + number, in, out);
    Parameter bias = Parameter.bias("b" + number, out);
    weight.set(values(in * out));
    bias.set(values(out));
    parameters.add(weight);
    parameters.add(bias);
    return new Parameter[] {weight, bias};
  }

  private float[] values(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static Tensor affine(Tensor x, Parameter[] layer) {
    return x.tape().affine(layer[0].name() + " output", x, layer[0], layer[1]);
  }

  private static double[] affine(double[] x, double[][] p, int layer) {
    return Doubles.affine(x, p[2 * layer], p[2 * layer + 1]);
  }

  private static long key(int row, int sample) {
    return 1000 + 100 * sample + row;
  }

  private void check(Recording recording, Twin twin) {
    float[][] x = IntStream.range(0, ROWS).mapToObj(i -> values(IN)).toArray(float[][]::new);
    for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.best()}) {
      Tape tape = new Tape(ROWS + 3, kernels, new Team(1));
      Tensor input =
          tape.input("x", IN, (row, out, at) -> System.arraycopy(x[row], 0, out, at, IN));
      Tensor loss = recording.loss(tape, input);
      tape.minimize(loss);
      GradientStore store = new GradientStore();
      tape.step(ROWS, store);
      compare(loss, store, x, twin);
    }
  }

  private void compare(Tensor loss, GradientStore store, float[][] x, Twin twin) {
    double[][] p = parameters.stream().map(q -> Doubles.of(q.toArray())).toArray(double[][]::new);
    for (int row = 0; row < ROWS; row++) {
      double exact = twin.loss(p, Doubles.of(x[row]), row);
      assertThat((double) loss.values()[row])
          .as("row %d", row)
          .isCloseTo(exact, within(TOLERANCE * (1 + Math.abs(exact))));
    }
    for (int i = 0; i < p.length; i++) {
      float[] gradient = store.gradient(parameters.get(i));
      assertThat(store.paddingIsZero(parameters.get(i))).isTrue();
      for (int j = 0; j < p[i].length; j++) {
        double before = p[i][j];
        p[i][j] = before + H;
        double above = mean(p, x, twin);
        p[i][j] = before - H;
        double below = mean(p, x, twin);
        p[i][j] = before;
        double slope = (above - below) / (2 * H);
        assertThat((double) gradient[j])
            .as("%s [%d]", parameters.get(i).name(), j)
            .isCloseTo(slope, within(TOLERANCE * (1 + Math.abs(slope))));
      }
    }
  }

  private static double mean(double[][] p, float[][] x, Twin twin) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += twin.loss(p, Doubles.of(x[row]), row);
    }
    return sum / ROWS;
  }

  private static Tensor squaredError(Tensor y) {
    Tape tape = y.tape();
    Tensor target = tape.input("target", y.columns(), (row, out, at) -> out[at] = 0.3f * row);
    return tape.gaussianLogProb("log p", y, target, 0.7);
  }

  private static double squaredError(double[] y, int row) {
    double[] target = new double[y.length];
    target[0] = 0.3f * row;
    return Doubles.gaussian(y, target, 0.7);
  }

  @Test
  void ofAnAffineMapUnderAGaussian() {
    Parameter[] layer = layer(IN, OUT);
    check(
        (tape, x) -> squaredError(affine(x, layer)),
        (p, x, row) -> squaredError(affine(x, p, 0), row));
  }

  @ParameterizedTest
  @EnumSource
  void ofEveryFunctionOfElements(ElementFunction f) {
    Parameter[] first = layer(IN, 20);
    if (f == ElementFunction.BOUND) {
      // So that many come beyond ±12, where it bends.
      for (int i = 0; i < first[0].values().length; i++) {
        first[0].values()[i] *= 9;
      }
    }
    Parameter[] second = layer(20, OUT);
    check(
        (tape, x) -> squaredError(affine(tape.apply("y", f, affine(x, first)), second)),
        (p, x, row) -> squaredError(affine(Doubles.apply(f, affine(x, p, 0)), p, 1), row));
  }

  @Test
  void ofTheReparameterization() {
    Parameter[] mu = layer(IN, OUT);
    Parameter[] logVar = layer(IN, OUT);
    check(
        (tape, x) ->
            squaredError(
                tape.reparameterize("z", affine(x, mu), affine(x, logVar), TapeGradientTest::key)),
        (p, x, row) ->
            squaredError(
                Doubles.reparameterize(
                    affine(x, p, 0), affine(x, p, 1), Doubles.eps(key(row, 0), OUT)),
                row));
  }

  @Test
  void ofTheDivergence() {
    Parameter[] mu = layer(IN, OUT);
    Parameter[] logVar = layer(IN, OUT);
    check(
        (tape, x) -> tape.klToStandardNormal("KL", affine(x, mu), affine(x, logVar)),
        (p, x, row) -> Doubles.kl(affine(x, p, 0), affine(x, p, 1)));
  }

  @Test
  void ofTheBernoulliLogProbability() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> tape.bernoulliLogProb("log p", affine(x, layer), x),
        (p, x, row) -> Doubles.bernoulli(affine(x, p, 0), x));
  }

  /** Weights of up to ±9, so that logits lie on both sides of the crossing at ±2. */
  @Test
  void ofTheContinuousBernoulliLogProbability() {
    for (float size : new float[] {0.001f, 1, 9}) {
      parameters.clear();
      Parameter[] layer = layer(IN, IN);
      for (int i = 0; i < layer[0].values().length; i++) {
        layer[0].values()[i] *= size;
      }
      check(
          (tape, x) -> tape.continuousBernoulliLogProb("log p", affine(x, layer), x),
          (p, x, row) -> Doubles.continuousBernoulli(affine(x, p, 0), x));
    }
  }

  private static Tensor fixed(Tape tape, float value) {
    Parameter one = Parameter.weight("variance", 1, 1);
    one.set(new float[] {value});
    return tape.stopGradient(tape.parameterRows(one));
  }

  @Test
  void ofTheGaussianWithACalibratedVariance() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor error = tape.squaredError("error", affine(x, layer), x);
          Tensor first = tape.calibratedGaussianLogProb("log p", error, fixed(tape, 0.49f), IN);
          Tensor again = tape.calibratedGaussianLogProb("again", error, fixed(tape, 4), IN);
          return tape.weightedSum(
              "loss",
              List.of(first, again, error),
              List.of(new Scalar(-1), new Scalar(2), new Scalar(0.1)));
        },
        (p, x, row) -> {
          double[] mean = affine(x, p, 0);
          double error = 0;
          for (int j = 0; j < IN; j++) {
            error += (x[j] - mean[j]) * (x[j] - mean[j]);
          }
          return -Doubles.gaussian(mean, x, 0.7) + 2 * Doubles.gaussian(mean, x, 2) + 0.1 * error;
        });
  }

  @Test
  void ofTheGaussianWithAVarianceForEachPixel() {
    Parameter[] mean = layer(IN, IN);
    Parameter[] logVar = layer(IN, IN);
    check(
        (tape, x) -> tape.pixelGaussianLogProb("log p", affine(x, mean), affine(x, logVar), x),
        (p, x, row) -> Doubles.pixelGaussian(affine(x, p, 0), affine(x, p, 1), x));
  }

  @Test
  void ofTheGaussianWithOneTensorAsMeanAndLogVariance() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor h = affine(x, layer);
          return tape.pixelGaussianLogProb("log p", h, h, x);
        },
        (p, x, row) -> Doubles.pixelGaussian(affine(x, p, 0), affine(x, p, 0), x));
  }

  @Test
  void ofTheGaussianWhereOnlyTheLogVarianceOrOnlyTheMeanIsTrainable() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> tape.pixelGaussianLogProb("log p", x, affine(x, layer), x),
        (p, x, row) -> Doubles.pixelGaussian(x, affine(x, p, 0), x));
    check(
        (tape, x) -> tape.pixelGaussianLogProb("log p", affine(x, layer), x, x),
        (p, x, row) -> Doubles.pixelGaussian(affine(x, p, 0), x, x));
  }

  @Test
  void ofAWeightedSumWithATermThatComesTwice() {
    Parameter[] mu = layer(IN, IN);
    Parameter[] logVar = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor m = affine(x, mu);
          Tensor kl = tape.klToStandardNormal("KL", m, affine(x, logVar));
          Tensor logProb = tape.gaussianLogProb("log p", m, x, 1);
          return tape.weightedSum(
              "loss",
              List.of(kl, logProb, kl),
              List.of(new Scalar(0.5), new Scalar(-2), new Scalar(0.25)));
        },
        (p, x, row) ->
            0.75 * Doubles.kl(affine(x, p, 0), affine(x, p, 1))
                - 2 * Doubles.gaussian(affine(x, p, 0), x, 1));
  }

  @Test
  void ofAParameterThatIsUsedThreeTimes() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor once = tape.apply("once", ElementFunction.TANH, affine(x, layer));
          Tensor twice = tape.apply("twice", ElementFunction.TANH, affine(once, layer));
          return squaredError(affine(twice, layer));
        },
        (p, x, row) -> {
          double[] once = Doubles.apply(ElementFunction.TANH, affine(x, p, 0));
          double[] twice = Doubles.apply(ElementFunction.TANH, affine(once, p, 0));
          return squaredError(affine(twice, p, 0), row);
        });
  }

  /** h feeds two maps, a function and a divergence; logits feed two log-probabilities. */
  @Test
  void ofTensorsThatAreUsedInManyPlaces() {
    Parameter[] first = layer(IN, IN);
    Parameter[] second = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor h = affine(x, first);
          Tensor logits = affine(h, second);
          Tensor logProb = tape.bernoulliLogProb("log p", logits, x);
          Tensor gaussian = tape.gaussianLogProb("log p, Gaussian", logits, x, 2);
          Tensor z = tape.reparameterize("z", h, logits, TapeGradientTest::key);
          Tensor kl = tape.klToStandardNormal("KL", h, tape.apply("t", ElementFunction.TANH, h));
          Tensor again = tape.bernoulliLogProb("log p again", h, x);
          Tensor far = tape.gaussianLogProb("far", z, x, 1);
          Scalar one = new Scalar(1);
          return tape.weightedSum(
              "loss",
              List.of(logProb, gaussian, kl, again, far),
              List.of(one, new Scalar(-1), one, new Scalar(3), one));
        },
        (p, x, row) -> {
          double[] h = affine(x, p, 0);
          double[] logits = affine(h, p, 1);
          double[] z = Doubles.reparameterize(h, logits, Doubles.eps(key(row, 0), IN));
          return Doubles.bernoulli(logits, x)
              - Doubles.gaussian(logits, x, 2)
              + Doubles.kl(h, Doubles.apply(ElementFunction.TANH, h))
              + 3 * Doubles.bernoulli(h, x)
              + Doubles.gaussian(z, x, 1);
        });
  }

  @Test
  void ofOneTensorAsMeanAndLogVariance() {
    Parameter[] layer = layer(IN, OUT);
    check(
        (tape, x) -> {
          Tensor h = affine(x, layer);
          Tensor kl = tape.klToStandardNormal("KL", h, h);
          Tensor z = tape.reparameterize("z", h, h, TapeGradientTest::key);
          return tape.weightedSum(
              "loss", List.of(kl, squaredError(z)), List.of(new Scalar(1), new Scalar(-1)));
        },
        (p, x, row) -> {
          double[] h = affine(x, p, 0);
          double[] z = Doubles.reparameterize(h, h, Doubles.eps(key(row, 0), OUT));
          return Doubles.kl(h, h) - squaredError(z, row);
        });
  }

  @Test
  void whereOnlyTheMeanIsTrainable() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor mu = affine(x, layer);
          Tensor kl = tape.klToStandardNormal("KL", mu, x);
          Tensor z = tape.reparameterize("z", mu, x, TapeGradientTest::key);
          return tape.weightedSum(
              "loss", List.of(kl, squaredError(z)), List.of(new Scalar(1), new Scalar(-1)));
        },
        (p, x, row) -> {
          double[] mu = affine(x, p, 0);
          double[] z = Doubles.reparameterize(mu, x, Doubles.eps(key(row, 0), IN));
          return Doubles.kl(mu, x) - squaredError(z, row);
        });
  }

  @Test
  void whereOnlyTheLogVarianceIsTrainable() {
    Parameter[] layer = layer(IN, IN);
    check(
        (tape, x) -> {
          Tensor logVar = affine(x, layer);
          Tensor kl = tape.klToStandardNormal("KL", x, logVar);
          Tensor z = tape.reparameterize("z", x, logVar, TapeGradientTest::key);
          return tape.weightedSum(
              "loss", List.of(kl, squaredError(z)), List.of(new Scalar(1), new Scalar(-1)));
        },
        (p, x, row) -> {
          double[] logVar = affine(x, p, 0);
          double[] z = Doubles.reparameterize(x, logVar, Doubles.eps(key(row, 0), IN));
          return Doubles.kl(x, logVar) - squaredError(z, row);
        });
  }

  @Test
  void whatTheLossDoesNotDependOnChangesNothing() {
    Parameter[] layer = layer(IN, OUT);
    Parameter other = Parameter.weight("other", IN, OUT);
    Parameter otherBias = Parameter.bias("other bias", OUT);
    check(
        (tape, x) -> {
          Tensor y = affine(x, layer);
          Tensor loss = squaredError(y);
          // A second use of both the parameter and the tensor, and a parameter of its own.
          squaredError(tape.apply("aside", ElementFunction.TANH, y));
          affine(x, layer);
          tape.affine("other output", x, other, otherBias);
          return loss;
        },
        (p, x, row) -> squaredError(affine(x, p, 0), row));
  }
}
