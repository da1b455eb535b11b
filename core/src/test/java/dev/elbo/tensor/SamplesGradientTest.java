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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several rows for an image, densities, and what joins or parts columns. */
class SamplesGradientTest {
  private static final int OUT = 3;
  private static final Scalar ONE = new Scalar(1);
  private static final Scalar MINUS = new Scalar(-1);

  private final GradientCheck check = new GradientCheck();

  /** One row at a time. */
  private static GradientCheck.Twin eachRow(RowTwin twin) {
    return (p, x) ->
        IntStream.range(0, x.length).mapToDouble(row -> twin.loss(p, x[row], row)).toArray();
  }

  private interface RowTwin {
    double loss(double[][] p, double[] x, int row);
  }

  /** log p(x|z) + log p(z) − log q(z|x) with layers 0 and 1 the encoder, 2 the decoder. */
  private static double logWeight(double[][] p, double[] x, int row, int sample) {
    double[] mu = affine(x, p, 0);
    double[] logVar = affine(x, p, 1);
    double[] z = Doubles.reparameterize(mu, logVar, GradientCheck.eps(row, sample, OUT));
    double[] zero = new double[OUT];
    return Doubles.bernoulli(affine(z, p, 2), x)
        + Doubles.logDensity(z, zero, zero)
        - Doubles.logDensity(z, mu, logVar);
  }

  private Tensor logWeights(Tape tape, Tensor x, int k, List<Parameter[]> layers) {
    Tensor mu = tape.repeatRows("mu", affine(x, layers.get(0)), k);
    Tensor logVar = tape.repeatRows("logVar", affine(x, layers.get(1)), k);
    Tensor z = tape.reparameterize("z", mu, logVar, GradientCheck::key);
    Tensor many = tape.repeatRows("x", x, k);
    Tensor logPx = tape.bernoulliLogProb("log p(x|z)", affine(z, layers.get(2)), many);
    Tensor logPz = tape.standardNormalLogDensity("log p(z)", z);
    Tensor logQ = tape.gaussianLogDensity("log q(z|x)", z, mu, logVar);
    return tape.weightedSum("log w", List.of(logPx, logPz, logQ), List.of(ONE, ONE, MINUS));
  }

  private List<Parameter[]> smallVae() {
    return List.of(check.layer(IN, OUT), check.layer(IN, OUT), check.layer(OUT, IN));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50})
  void ofTheLogOfAMeanOverSamples(int k) {
    List<Parameter[]> layers = smallVae();
    check.check(
        (tape, x) -> tape.logMeanExp("bound", logWeights(tape, x, k, layers), k),
        eachRow(
            (p, x, row) ->
                Doubles.logMeanExp(
                    IntStream.range(0, k).mapToDouble(s -> logWeight(p, x, row, s)).toArray())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void ofAMeanOverSamples(int k) {
    List<Parameter[]> layers = smallVae();
    check.check(
        (tape, x) -> tape.meanOfSamples("mean", logWeights(tape, x, k, layers), k),
        eachRow(
            (p, x, row) ->
                IntStream.range(0, k).mapToDouble(s -> logWeight(p, x, row, s)).sum() / k));
  }

  /** Two levels: 2 samples, each with 3 of its own. */
  @Test
  void ofSamplesOfSamplesAndOfNumbersThatAreRepeated() {
    Parameter[] first = check.layer(IN, OUT);
    check.check(
        (tape, x) -> {
          Tensor h = affine(x, first);
          Tensor zero = tape.input("zero", OUT, (row, out, at) -> {});
          Tensor six = tape.repeatRows("six", tape.repeatRows("two", h, 2), 3);
          Tensor draws =
              tape.reparameterize("z", six, tape.repeatRows("0", zero, 6), GradientCheck::key);
          Tensor logPz = tape.standardNormalLogDensity("log p(z)", draws);
          Tensor once = tape.standardNormalLogDensity("log p(h)", h);
          Tensor terms =
              tape.weightedSum(
                  "terms", List.of(logPz, tape.repeatRows("again", once, 6)), List.of(ONE, MINUS));
          return tape.meanOfSamples("mean", tape.logMeanExp("inner", terms, 3), 2);
        },
        eachRow(
            (p, x, row) -> {
              double[] h = affine(x, p, 0);
              double[] zero = new double[OUT];
              double once = Doubles.logDensity(h, zero, zero);
              double[] terms =
                  IntStream.range(0, 6)
                      .mapToObj(
                          s -> Doubles.reparameterize(h, zero, GradientCheck.eps(row, s, OUT)))
                      .mapToDouble(z -> Doubles.logDensity(z, zero, zero) - once)
                      .toArray();
              return (Doubles.logMeanExp(Arrays.copyOf(terms, 3))
                      + Doubles.logMeanExp(Arrays.copyOfRange(terms, 3, 6)))
                  / 2;
            }));
  }

  @Test
  void ofAGaussianDensityOfWhatDependsOnItsMeanToo() {
    Parameter[] layer = check.layer(IN, OUT);
    Parameter[] other = check.layer(IN, OUT);
    check.check(
        (tape, x) -> {
          Tensor h = affine(x, layer);
          Tensor g = affine(x, other);
          Tensor own = tape.gaussianLogDensity("own", h, g, h);
          return tape.weightedSum(
              "loss", List.of(own, tape.gaussianLogDensity("data", g, h, g)), List.of(ONE, ONE));
        },
        eachRow(
            (p, x, row) -> {
              double[] h = affine(x, p, 0);
              double[] g = affine(x, p, 1);
              return Doubles.logDensity(h, g, h) + Doubles.logDensity(g, h, g);
            }));
  }

  @Test
  void ofAGateAndOfASquare() {
    Parameter[] value = check.layer(IN, 20);
    Parameter[] gate = check.layer(IN, 20);
    Parameter[] out = check.layer(20, IN);
    check.check(
        (tape, x) -> {
          Tensor open = tape.apply("open", ElementFunction.SIGMOID, affine(x, gate));
          Tensor gated = tape.product("gated", affine(x, value), open);
          Tensor logits = affine(tape.product("square", gated, gated), out);
          return tape.bernoulliLogProb("log p", logits, x);
        },
        eachRow(
            (p, x, row) -> {
              double[] open = Doubles.apply(ElementFunction.SIGMOID, affine(x, p, 1));
              double[] gated = affine(x, p, 0);
              for (int j = 0; j < gated.length; j++) {
                gated[j] = gated[j] * open[j] * gated[j] * open[j];
              }
              return Doubles.bernoulli(affine(gated, p, 2), x);
            }));
  }

  /** Columns that go two ways, and some that go none. */
  @Test
  void ofColumnsThatAreJoinedAndParted() {
    Parameter[] first = check.layer(IN, 19);
    Parameter[] second = check.layer(8 + IN + 17, IN);
    check.check(
        (tape, x) -> {
          Tensor h = affine(x, first);
          Tensor joined =
              tape.concat(
                  "joined", List.of(tape.slice("a", h, 1, 9), x, tape.slice("b", h, 2, 19)));
          return tape.bernoulliLogProb("log p", affine(joined, second), x);
        },
        eachRow(
            (p, x, row) -> {
              double[] h = affine(x, p, 0);
              double[] joined =
                  DoubleStream.concat(
                          DoubleStream.concat(Arrays.stream(h, 1, 9), Arrays.stream(x)),
                          Arrays.stream(h, 2, 19))
                      .toArray();
              return Doubles.bernoulli(affine(joined, p, 1), x);
            }));
  }

  @Test
  void ofTheCrossEntropyOfASoftmax() {
    Parameter[] layer = check.layer(IN, 10);
    check.check(
        (tape, x) -> tape.softmaxCrossEntropy("loss", affine(x, layer), row -> row % 10),
        eachRow(
            (p, x, row) -> {
              double[] logits = affine(x, p, 0);
              return Doubles.logMeanExp(logits) + StrictMath.log(10) - logits[row % 10];
            }));
  }

  @Test
  void ofTheDivergenceOfEachDimension() {
    Parameter[] mu = check.layer(IN, 17);
    Parameter[] logVar = check.layer(IN, 17);
    Parameter[] out = check.layer(17, IN);
    check.check(
        (tape, x) -> {
          Tensor kl = tape.klByDimension("KL", affine(x, mu), affine(x, logVar));
          return tape.bernoulliLogProb("log p", affine(kl, out), x);
        },
        eachRow(
            (p, x, row) -> {
              double[] m = affine(x, p, 0);
              double[] l = affine(x, p, 1);
              double[] kl = new double[m.length];
              for (int j = 0; j < kl.length; j++) {
                kl[j] = Doubles.kl(new double[] {m[j]}, new double[] {l[j]});
              }
              return Doubles.bernoulli(affine(kl, p, 2), x);
            }));
  }

  /** y = sg(h)·h has the gradient of c·h, which differences of sg's twin would not show. */
  @Test
  void aStoppedGradientIsThatOfAConstant() {
    float[] stopped = gradientOfProduct(true);
    float[] whole = gradientOfProduct(false);
    for (int j = 0; j < stopped.length; j++) {
      assertThat(whole[j]).isEqualTo(2 * stopped[j]);
    }
    assertThat(stopped).isNotEqualTo(new float[stopped.length]);
  }

  private static float[] gradientOfProduct(boolean stops) {
    Tape tape = new Tape(8, Kernels.best(), new Team(1));
    Tensor x = tape.input("x", IN, (row, out, at) -> out[at + row % IN] = row + 1);
    Parameter weight = Parameter.weight("w", IN, IN);
    float[] values = new float[IN * IN];
    Arrays.fill(values, 0.25f);
    weight.set(values);
    Tensor h = tape.affine("h", x, weight, Parameter.bias("b", IN));
    Tensor y = tape.product("y", stops ? tape.stopGradient(h) : h, h);
    Tensor target = tape.input("target", IN, (row, out, at) -> {});
    tape.minimize(tape.bernoulliLogProb("log p", y, target));
    GradientStore store = new GradientStore();
    tape.step(8, store);
    return store.gradient(weight);
  }

  /** Row r feeds only the weights of input r, and its factor is r². */
  @Test
  void aScaledGradientIsMultipliedRowByRow() {
    float[] plain = gradientOfScaled(false);
    float[] scaled = gradientOfScaled(true);
    for (int i = 0; i < plain.length; i++) {
      int row = i % IN;
      assertThat(plain[i]).isNotZero();
      assertThat((double) scaled[i]).isCloseTo(plain[i] * row * row, within(1e-6));
    }
  }

  private static float[] gradientOfScaled(boolean scales) {
    Tape tape = new Tape(IN, Kernels.best(), new Team(1));
    Tensor x = tape.input("x", IN, (row, out, at) -> out[at + row] = 0.25f);
    Parameter weight = Parameter.weight("w", IN, IN);
    GradientScale scale = new GradientScale();
    Tensor h = tape.affine("h", x, weight, Parameter.bias("b", IN));
    Tensor y = scales ? tape.scaleGradient(h, scale) : h;
    Tensor n = tape.input("n", 1, (row, out, at) -> out[at] = row);
    Tensor zero = tape.input("0", 1, (row, out, at) -> {});
    Tensor minusHalfOfSquare = tape.standardNormalLogDensity("log p(n)", n);
    Tensor constant = tape.standardNormalLogDensity("log p(0)", zero);
    scale.by(
        tape.weightedSum(
            "n²", List.of(constant, minusHalfOfSquare), List.of(new Scalar(2), new Scalar(-2))),
        ONE);
    tape.minimize(tape.bernoulliLogProb("log p", y, x));
    GradientStore store = new GradientStore();
    tape.step(IN, store);
    return store.gradient(weight);
  }

  @Test
  void sharesOfSamplesAddToOneInEachImage() {
    Tape tape = new Tape(9, Kernels.best(), new Team(1));
    Tensor x = tape.input("x", IN, (row, out, at) -> out[at] = row * 50);
    Tensor logs = tape.standardNormalLogDensity("log p", tape.repeatRows("x", x, 4));
    Tensor shares = tape.normalizedWeights("shares", logs, 4);
    tape.forward(9);
    assertThat(Arrays.copyOf(shares.values(), 36)).containsOnly(0.25f);
    assertThat(shares.samples()).isEqualTo(4);
  }

  @Test
  void mistakesOfTheCallerAreNamed() {
    Tape tape = new Tape(4, Kernels.plain(), new Team(1));
    Tensor x = tape.input("x", 5, (row, out, at) -> {});
    Tensor three = tape.repeatRows("three", x, 3);
    Tensor numbers = tape.standardNormalLogDensity("numbers", three);
    assertRefused(
        "the rows of x (1 an image) must be those of three (3 an image)",
        () -> tape.product("p", x, three));
    assertRefused(
        "k (=2) must divide the rows of numbers (3 an image)",
        () -> tape.logMeanExp("l", numbers, 2));
    assertRefused("size (=0) must be at least 1", () -> tape.repeatRows("r", x, 0));
    assertRefused("x must be one number a row", () -> tape.logMeanExp("l", x, 1));
    assertRefused("[2, 6) must lie in the columns of x (=5)", () -> tape.slice("s", x, 2, 6));
    assertRefused(
        "numbers is one number a row, and must be a matrix",
        () -> tape.concat("c", List.of(three, numbers)));
  }

  private static void assertRefused(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
