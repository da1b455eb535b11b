package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeTest {
  private static final int IN = 37;
  private static final int HIDDEN = 50;
  private static final float[][] DATA =
      IntStream.range(0, 128).mapToObj(row -> values(row, IN)).toArray(float[][]::new);

  /** x → tanh(x·W + b) → reconstruction of x: two layers with sizes that fit no vector. */
  private static final class Network {
    final Parameter first = Parameter.weight("first.weight", IN, HIDDEN);
    final Parameter firstBias = Parameter.bias("first.bias", HIDDEN);
    final Parameter second = Parameter.weight("second.weight", HIDDEN, IN);
    final Parameter secondBias = Parameter.bias("second.bias", IN);
    final List<Parameter> parameters = List.of(first, firstBias, second, secondBias);
    final Tape tape;
    final Tensor logits;
    final Tensor loss;

    Network(int capacity, Kernels kernels, Team team) {
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).set(values(i, parameters.get(i).size()));
      }
      tape = new Tape(capacity, kernels, team);
      Tensor x = tape.input("x", IN, (row, out, at) -> System.arraycopy(DATA[row], 0, out, at, IN));
      Tensor h = tape.apply("h", ElementFunction.TANH, tape.affine("first", x, first, firstBias));
      logits = tape.affine("second", h, second, secondBias);
      loss = tape.bernoulliLogProb("loss", logits, x);
      tape.minimize(loss);
    }

    GradientStore gradients(int rows) {
      GradientStore store = new GradientStore();
      tape.step(rows, store);
      return store;
    }

    /** Gradient descent: after a few steps, a difference anywhere is a difference everywhere. */
    List<float[]> train(int steps, int rows) {
      for (int i = 0; i < steps; i++) {
        tape.step(rows, TapeTest::descend);
      }
      return parameters.stream().map(Parameter::toArray).toList();
    }
  }

  private static boolean descend(Parameter parameter, int from, int to, float[] gradient) {
    int start = from * parameter.stride();
    for (int i = 0; i < (to - from) * parameter.stride(); i++) {
      parameter.values()[start + i] += 0.01f * gradient[i];
    }
    parameter.changed(from, to);
    return true;
  }

  private static float[] values(long seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.3f;
    }
    return values;
  }

  private static void assertSame(List<float[]> actual, List<float[]> expected, String what) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as(what).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 33, 100})
  void aPartialBatchIsThatOfATapeOfItsSize(int rows) {
    Network exact = new Network(rows, Kernels.best(), new Team(1));
    Network larger = new Network(128, Kernels.best(), new Team(1));
    // Full batches before, so that stale rows lie behind the partial one.
    larger.gradients(128);
    GradientStore expected = exact.gradients(rows);
    GradientStore actual = larger.gradients(rows);
    for (int i = 0; i < exact.parameters.size(); i++) {
      assertThat(actual.gradient(larger.parameters.get(i)))
          .isEqualTo(expected.gradient(exact.parameters.get(i)));
    }
    for (int row = 0; row < rows; row++) {
      assertThat(larger.loss.values()[row]).isEqualTo(exact.loss.values()[row]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void anyNumberOfThreadsGivesTheSameBits(int threads) {
    List<float[]> alone = new Network(100, Kernels.best(), new Team(1)).train(10, 93);
    try (Team team = new Team(threads)) {
      assertSame(new Network(100, Kernels.best(), team).train(10, 93), alone, threads + " threads");
    }
  }

  @Test
  void plainKernelsGiveTheSameBits() {
    List<float[]> plain = new Network(100, Kernels.plain(), new Team(1)).train(10, 93);
    assertSame(new Network(100, Kernels.best(), new Team(1)).train(10, 93), plain, "plain");
  }

  @Test
  void forwardAloneGivesTheSameValuesAsAStep() {
    Network network = new Network(40, Kernels.best(), new Team(1));
    network.tape.forward(33);
    float[] forward = network.loss.values().clone();
    float[] logits = network.logits.values().clone();
    network.gradients(33);
    for (int row = 0; row < 33; row++) {
      assertThat(network.loss.values()[row]).isEqualTo(forward[row]);
    }
    assertThat(network.logits.values()).startsWith(Arrays.copyOf(logits, 33 * 48));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theSinkGetsEachRowOfEachParameterOnce(int threads) {
    try (Team team = new Team(threads)) {
      Network network = new Network(20, Kernels.best(), team);
      GradientStore store = network.gradients(20);
      for (Parameter parameter : network.parameters) {
        assertThat(store.counts(parameter)).hasSize(parameter.rows()).containsOnly(1);
        assertThat(store.paddingIsZero(parameter)).isTrue();
      }
    }
  }

  @Test
  void whatTheLossDoesNotReachGoesToNoSink() {
    Network network = new Network(8, Kernels.best(), new Team(1));
    Parameter aside = Parameter.weight("aside.weight", IN, 3);
    Parameter asideBias = Parameter.bias("aside.bias", 3);
    network.tape.affine("aside", network.logits, aside, asideBias);
    GradientStore store = network.gradients(8);
    assertThat(store.has(aside)).isFalse();
    assertThat(store.has(network.second)).isTrue();
  }

  @Test
  void scalarsMayChangeBetweenReplays() {
    Tape tape = new Tape(4, Kernels.plain(), new Team(1));
    Parameter weight = Parameter.weight("w", 1, 1);
    weight.set(new float[] {2});
    Tensor x = tape.input("x", 1, (row, out, at) -> out[at] = row);
    Tensor y = tape.affine("y", x, weight, Parameter.bias("b", 1));
    Tensor logProb = tape.gaussianLogProb("log p", y, x, 1);
    Scalar beta = new Scalar(1);
    Tensor sum = tape.weightedSum("sum", List.of(logProb), List.of(beta));
    tape.forward(4);
    float before = sum.values()[3];
    beta.set(-0.5);
    tape.forward(4);
    assertThat(sum.values()[3]).isEqualTo(-0.5f * before);
    assertThat(before).isNotZero();
  }

  /**
   * Bytes that the calling thread allocates. The first replays may: lambdas are linked, and vectors
   * are objects until the compiler has come.
   */
  private static long garbageOf(Runnable replay, int warmUps) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < warmUps && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        replay.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void aReplayOnPlainKernelsLeavesNoGarbage() {
    Network network = new Network(20, Kernels.plain(), new Team(1));
    assertThat(garbageOf(() -> network.tape.forward(20), 20)).isZero();
    assertThat(garbageOf(() -> network.tape.step(20, TapeTest::descend), 20)).isZero();
  }

  /**
   * In a JVM of its own, as a training has: here other tests have taught the compiler that a kernel
   * is called in many ways, and it gives up on keeping all vectors in registers.
   */
  @Test
  void norOnVectorsOnceTheyAreCompiled() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                OnVectors.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.strip()).isEqualTo("0");
  }

  /** Prints the bytes of garbage that ten steps end up with. */
  static final class OnVectors {
    private static final int MOST_ROUNDS = 20_000;

    public static void main(String[] args) {
      Network network = new Network(20, Kernels.best(), new Team(1));
      System.out.println(garbageOf(() -> network.tape.step(20, TapeTest::descend), MOST_ROUNDS));
    }
  }

  /** Zeros go forward, so that the loss is sound; on the way back 1e30 comes twice. */
  @Test
  void aGradientThatOverflowsIsNamedWhereItHappens() {
    Tape tape = new Tape(4, Kernels.best(), new Team(1));
    Tensor h = tape.input("x", 5, (row, out, at) -> {});
    for (String name : List.of("first", "second", "third")) {
      Parameter weight = Parameter.weight(name, 5, 5);
      float[] values = new float[25];
      Arrays.fill(values, name.equals("first") ? 1f : 1e30f);
      weight.set(values);
      h = tape.affine(name + " output", h, weight, Parameter.bias(name + " bias", 5));
    }
    Tensor x = tape.input("target", 5, (row, out, at) -> {});
    tape.minimize(tape.bernoulliLogProb("log p", h, x));
    assertThatThrownBy(() -> tape.step(4, (parameter, from, to, g) -> Float.isFinite(g[0])))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage("the gradient of first output became infinite");
  }

  @Test
  void aParameterThatTheSinkBreaksIsNamed() {
    Tape tape = new Tape(4, Kernels.best(), new Team(1));
    Parameter weight = Parameter.weight("w", 5, 5);
    Parameter bias = Parameter.bias("b", 5);
    Tensor x = tape.input("x", 5, (row, out, at) -> {});
    tape.minimize(tape.bernoulliLogProb("log p", tape.affine("y", x, weight, bias), x));
    assertThatThrownBy(
            () ->
                tape.step(
                    4,
                    (parameter, from, to, gradient) -> {
                      if (parameter == bias) {
                        bias.values()[2] = Float.NaN;
                      }
                      return parameter != bias;
                    }))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage("b became NaN");
  }

  @Test
  void mistakesOfTheCallerAreNamed() {
    Tape tape = new Tape(4, Kernels.plain(), new Team(1));
    Tensor x = tape.input("x", 5, (row, out, at) -> {});
    Tensor wide = tape.input("wide", 6, (row, out, at) -> {});
    Tensor elsewhere =
        new Tape(4, Kernels.plain(), new Team(1)).input("elsewhere", 5, (row, out, at) -> {});
    Parameter weight = Parameter.weight("w", 5, 5);
    Parameter bias = Parameter.bias("b", 5);
    Tensor y = tape.affine("y", x, weight, bias);
    Tensor rows = tape.gaussianLogProb("log p", y, x, 1);
    assertRefused(
        "elsewhere belongs to another tape", () -> tape.affine("z", elsewhere, weight, bias));
    assertRefused(
        "elsewhere belongs to another tape", () -> tape.bernoulliLogProb("p", y, elsewhere));
    assertRefused(
        "w [5, 5] does not fit wide of 6 columns and b of 5",
        () -> tape.affine("z", wide, weight, bias));
    assertRefused(
        "w [5, 5] does not fit x of 5 columns and b of 6",
        () -> tape.affine("z", x, weight, Parameter.bias("b", 6)));
    assertRefused(
        "the columns of y (=5) must be those of wide (=6)",
        () -> tape.bernoulliLogProb("p", y, wide));
    assertRefused(
        "the columns of y (=5) must be those of wide (=6)",
        () -> tape.gaussianLogProb("p", y, wide, 1));
    assertRefused(
        "the columns of wide (=6) must be those of x (=5)",
        () -> tape.klToStandardNormal("KL", wide, x));
    assertRefused(
        "the columns of wide (=6) must be those of x (=5)",
        () -> tape.reparameterize("z", wide, x, (row, sample) -> row));
    assertRefused(
        "y depends on a parameter, and must be data", () -> tape.bernoulliLogProb("p", y, y));
    assertRefused(
        "log p is one number a row, and must be a matrix",
        () -> tape.apply("f", ElementFunction.TANH, rows));
    assertRefused(
        "y must be one number a row",
        () -> tape.weightedSum("s", List.of(y), List.of(new Scalar(1))));
    assertRefused(
        "terms (=1) must be as many as coefficients (=0)",
        () -> tape.weightedSum("s", List.of(rows), List.of()));
    assertRefused(
        "sigma (=0.0) must be above 0 and finite", () -> tape.gaussianLogProb("p", y, x, 0));
    assertRefused("capacity (=0) must be at least 1", () -> new Tape(0, Kernels.plain(), null));
    assertRefused("rows (=0) must be from 1 to 4", () -> tape.forward(0));
    assertRefused("rows (=5) must be from 1 to 4", () -> tape.forward(5));
  }

  @Test
  void aTapeMinimisesOneNumberARowThatTrainingCanMove() {
    Tape tape = new Tape(4, Kernels.plain(), new Team(1));
    Tensor x = tape.input("x", 5, (row, out, at) -> {});
    Tensor y = tape.affine("y", x, Parameter.weight("w", 5, 5), Parameter.bias("b", 5));
    Tensor fixed = tape.gaussianLogProb("fixed", x, x, 1);
    Tensor loss = tape.gaussianLogProb("loss", y, x, 1);
    String rule = " must be one number a row of this tape, and depend on a parameter";
    assertThatThrownBy(() -> tape.step(1, TapeTest::descend))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("minimize(…) must come before step(…)");
    assertRefused("y" + rule, () -> tape.minimize(y));
    assertRefused("fixed" + rule, () -> tape.minimize(fixed));
    Tape other = new Tape(4, Kernels.plain(), new Team(1));
    assertRefused("loss" + rule, () -> other.minimize(loss));
    tape.minimize(loss);
    assertThatThrownBy(() -> tape.minimize(loss))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a tape minimises one loss, and has loss");
  }

  private static void assertRefused(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLossThatIsNotFiniteNamesTheFirstCulpritAndChangesNoParameter(int threads) {
    try (Team team = new Team(threads)) {
      Network network = new Network(20, Kernels.best(), team);
      float[] broken = network.second.toArray();
      broken[7] = Float.POSITIVE_INFINITY;
      network.second.set(broken);
      assertNothingChanges(network, "second.weight became infinite");

      Network other = new Network(20, Kernels.best(), team);
      float[] bias = other.firstBias.toArray();
      bias[3] = Float.NaN;
      other.firstBias.set(bias);
      assertNothingChanges(other, "first.bias became NaN");
    }
  }

  @Test
  void finiteWeightsWhoseProductOverflowsNameTheLayerThatOverflows() {
    Network network = new Network(20, Kernels.best(), new Team(1));
    float[] huge = new float[network.second.size()];
    Arrays.fill(huge, Float.MAX_VALUE);
    network.second.set(huge);
    assertNothingChanges(network, "second became infinite");
  }

  private static void assertNothingChanges(Network network, String message) {
    List<float[]> before = network.parameters.stream().map(Parameter::toArray).toList();
    List<Parameter> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                network.tape.step(
                    20,
                    (parameter, from, to, gradient) -> {
                      taken.add(parameter);
                      return descend(parameter, from, to, gradient);
                    }))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage(message);
    assertThat(taken).isEmpty();
    assertSame(network.parameters.stream().map(Parameter::toArray).toList(), before, message);
  }

  @Test
  void aValueThatTheSinkMakesNotFiniteIsReportedToo() {
    Network network = new Network(20, Kernels.best(), new Team(1));
    assertThatThrownBy(
            () ->
                network.tape.step(
                    20,
                    (parameter, from, to, gradient) -> {
                      if (parameter == network.second) {
                        parameter.values()[from * parameter.stride()] = Float.NaN;
                        return false;
                      }
                      return true;
                    }))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage("second.weight became NaN");
  }

  /** With every weight and value in order it can only be what the sink keeps for itself. */
  @Test
  void aSinkThatFailsAloneIsAMoment() {
    Network network = new Network(20, Kernels.best(), new Team(1));
    assertThatThrownBy(() -> network.tape.step(20, (parameter, from, to, gradient) -> false))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage("an optimiser moment");
  }

  @Test
  void anExceptionOfTheSinkReachesTheCallerAndTheTapeWorksAfterwards() {
    try (Team team = new Team(3)) {
      Network network = new Network(20, Kernels.best(), team);
      assertThatThrownBy(
              () ->
                  network.tape.step(
                      20,
                      (parameter, from, to, gradient) -> {
                        throw new UnsupportedOperationException("full");
                      }))
          .isInstanceOf(UnsupportedOperationException.class);
      List<float[]> after = network.train(3, 20);
      assertSame(after, new Network(20, Kernels.best(), new Team(1)).train(3, 20), "after");
    }
  }
}
