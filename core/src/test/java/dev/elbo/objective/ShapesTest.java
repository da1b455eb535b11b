package dev.elbo.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.distribution.EqualMixture;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.LayerSizes;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.PriorConfig;
import dev.elbo.model.PriorKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.MultiSampleElbo.Divergence;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.GradientStore;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import dev.elbo.training.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of every shape under every objective, against {@link DoubleVae} and theory. */
class ShapesTest {
  private static final int PIXELS = 7;
  private static final int ROWS = 6;
  private static final int CLASSES = 3;
  private static final long SEED = 4;
  private static final Scalar ONE = new Scalar(1);

  /** Floats carry 24 bits, and some dozens of roundings go into a term. */
  private static final double ROUNDING = 3e-5;

  private static final PriorConfig NORMAL = new PriorConfig(PriorKind.NORMAL, 500);
  private static final LabelConfig UNLABELLED = new LabelConfig(false, 10);

  private static final LayerSizes FIRST = new LayerSizes(List.of(6, 5), 3);
  private static final LayerSizes SECOND = new LayerSizes(List.of(4), 2);

  private enum Shape {
    GATED(Activation.GATED, NORMAL, UNLABELLED, FIRST),
    TWO_LAYERS(Activation.TANH, NORMAL, UNLABELLED, FIRST, SECOND),
    THREE_LAYERS(Activation.TANH, NORMAL, UNLABELLED, FIRST, SECOND, SECOND),
    VAMP(Activation.TANH, new PriorConfig(PriorKind.VAMP, 5), UNLABELLED, FIRST),
    GATED_VAMP(Activation.GATED, new PriorConfig(PriorKind.VAMP, 17), UNLABELLED, FIRST),
    CONDITIONAL(Activation.TANH, NORMAL, new LabelConfig(true, CLASSES), FIRST),
    CONDITIONAL_TWO_LAYERS(Activation.GATED, NORMAL, new LabelConfig(true, CLASSES), FIRST, SECOND);

    final VaeConfig config;

    Shape(Activation activation, PriorConfig prior, LabelConfig labels, LayerSizes... layers) {
      config =
          new VaeConfig(
              PIXELS, List.of(layers), activation, LikelihoodKind.BERNOULLI, prior, labels);
    }
  }

  private static int label(int row) {
    return (row + 1) % CLASSES;
  }

  /** A model, its data and an objective on a tape. */
  private static final class Recorded {
    final Vae vae;
    final double[][] x = new double[ROWS][PIXELS];
    final PosteriorNoise noise = new PosteriorNoise(SEED, row -> 50 + row);
    final Tape tape;
    final Bound bound;

    Recorded(Shape shape, Objective objective, Kernels kernels, Team team) {
      vae = new Vae(shape.config, SEED);
      Random random = new Random(SEED);
      for (Parameter parameter : vae.parameters()) {
        float[] values = parameter.toArray();
        for (int j = 0; j < values.length; j++) {
          values[j] += 0.5f * (random.nextFloat() - 0.5f);
        }
        parameter.set(values);
      }
      for (double[] row : x) {
        for (int j = 0; j < PIXELS; j++) {
          row[j] = random.nextInt(2);
        }
      }
      tape = new Tape(ROWS, kernels, team);
      Tensor input = tape.input("x", PIXELS, this::fill);
      bound = objective.of(vae.given(tape, ShapesTest::label), input, noise);
      tape.minimize(bound.loss());
    }

    Recorded(Shape shape, Objective objective) {
      this(shape, objective, Kernels.best(), new Team(1));
    }

    private void fill(int row, float[] out, int at) {
      for (int j = 0; j < PIXELS; j++) {
        out[at + j] = (float) x[row][j];
      }
    }

    List<float[]> gradients(long step) {
      noise.atStep(step);
      GradientStore store = new GradientStore();
      tape.step(ROWS, store);
      return vae.parameters().stream().map(store::gradient).toList();
    }

    double meanLoss() {
      return IntStream.range(0, ROWS)
          .mapToDouble(row -> bound.loss().values()[row])
          .average()
          .orElseThrow();
    }

    DoubleVae.Draw draw(DoubleVae reference, int row, int sample) {
      List<LayerSizes> layers = vae.config().layers();
      double[][] eps = new double[layers.size()][];
      for (int l = 0; l < eps.length; l++) {
        eps[l] = Doubles.eps(noise.layer(l).key(row, sample), layers.get(l).latent());
      }
      double[] y = new double[vae.config().labels().conditional() ? CLASSES : 0];
      if (y.length > 0) {
        y[label(row)] = 1;
      }
      return reference.draw(x[row], y, eps);
    }

    double kl(DoubleVae.Draw draw) {
      return vae.config().hasExactKl() ? draw.kl() : draw.divergence();
    }
  }

  private static void assertGradient(Recorded r, ToDoubleFunction<DoubleVae> loss) {
    List<float[]> found = r.gradients(3); // before the loss is asked for, which it computes
    ReferenceGradient.assertGradient(r.vae, found, r.meanLoss(), loss, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void theGradientOfTheElboIsThatOfTheReference(Shape shape) {
    double beta = 0.6;
    Recorded r = new Recorded(shape, new Elbo(new Scalar(beta)));
    assertGradient(
        r,
        reference ->
            IntStream.range(0, ROWS)
                .mapToObj(row -> r.draw(reference, row, 0))
                .mapToDouble(draw -> -draw.logPx() + beta * r.kl(draw))
                .average()
                .orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void theGradientOfTheImportanceWeightedBoundIsThatOfTheReference(Shape shape) {
    int k = 3;
    double beta = 0.6;
    Recorded r = new Recorded(shape, new ImportanceWeighted(k, new Scalar(beta)));
    assertGradient(
        r,
        reference ->
            IntStream.range(0, ROWS)
                .mapToDouble(
                    row ->
                        -Doubles.logMeanExp(
                            IntStream.range(0, k)
                                .mapToDouble(s -> r.draw(reference, row, s).logWeight(beta))
                                .toArray()))
                .average()
                .orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void theReportedTermsAreThoseOfTheDraws(Shape shape) {
    int k = 4;
    for (Objective objective :
        List.of(
            new MultiSampleElbo(k, Divergence.EXACT, new Scalar(0.5)),
            new ImportanceWeighted(k, new Scalar(0.5)),
            new DoublyReparameterized(k, new Scalar(0.5)))) {
      Recorded r = new Recorded(shape, objective);
      r.tape.forward(ROWS);
      DoubleVae reference = new DoubleVae(r.vae);
      for (int row = 0; row < ROWS; row++) {
        double reconstruction = 0;
        double kl = 0;
        for (int sample = 0; sample < k; sample++) {
          DoubleVae.Draw draw = r.draw(reference, row, sample);
          reconstruction -= draw.logPx() / k;
          kl += r.kl(draw) / k;
        }
        assertThat((double) r.bound.reconstruction().values()[row])
            .isCloseTo(reconstruction, within(ROUNDING));
        assertThat((double) r.bound.kl().values()[row]).isCloseTo(kl, within(ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void oneSampleOfTheMeanIsTheElboBitForBit(Shape shape) {
    Recorded mean = new Recorded(shape, new MultiSampleElbo(1, Divergence.EXACT, ONE));
    Recorded elbo = new Recorded(shape, new Elbo(ONE));
    for (int step = 1; step <= 3; step++) {
      List<float[]> expected = elbo.gradients(step);
      List<float[]> found = mean.gradients(step);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void trainingIsTheSameBitsOnPlainKernelsAndOnAnyThreads(Shape shape) {
    for (Objective objective : List.of(new Elbo(ONE), new DoublyReparameterized(3, ONE))) {
      List<float[]> expected = trained(shape, objective, Kernels.plain(), 1);
      for (int threads : new int[] {1, 2, 3}) {
        List<float[]> found = trained(shape, objective, Kernels.best(), threads);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(found.get(i)).as("%d threads", threads).isEqualTo(expected.get(i));
        }
      }
    }
  }

  private static List<float[]> trained(
      Shape shape, Objective objective, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      Recorded r = new Recorded(shape, objective, kernels, team);
      Adam adam = new Adam(kernels, r.vae.parameters());
      for (int step = 1; step <= 10; step++) {
        r.noise.atStep(step);
        adam.advance(step, 0.01);
        r.tape.step(step % 3 == 0 ? ROWS - 1 : ROWS, adam);
      }
      return r.vae.parameters().stream().map(Parameter::toArray).toList();
    }
  }

  /** Of the same image in the same step, so that the differences are small: within their error. */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"TWO_LAYERS", "VAMP"})
  void theBoundDoesNotDecreaseWithMoreSamples(Shape shape) {
    int draws = 400;
    double[] before = null;
    for (int k : new int[] {1, 2, 5, 20}) {
      Recorded r = new Recorded(shape, new ImportanceWeighted(k, ONE));
      double[] bounds = new double[draws];
      for (int step = 0; step < draws; step++) {
        r.noise.atStep(1000 + step);
        r.tape.forward(ROWS);
        bounds[step] = -r.meanLoss();
      }
      if (before != null) {
        double[] gain = new double[draws];
        for (int i = 0; i < draws; i++) {
          gain[i] = bounds[i] - before[i];
        }
        assertThat(mean(gain)).as("k = %d", k).isGreaterThan(-4 * standardError(gain));
        assertThat(mean(gain)).as("k = %d", k).isGreaterThan(0);
      }
      before = bounds;
    }
  }

  /**
   * Each weight's two mean gradients differ by less than 5 standard errors of the difference. With
   * a VampPrior the encoder is in the prior too, whose plain gradient takes part of q's away, so
   * that less variance is promised only without.
   */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"TWO_LAYERS", "VAMP"})
  void theDoublyReparameterizedGradientHasTheSameMean(Shape shape) {
    int k = 10;
    Recorded plain = new Recorded(shape, new ImportanceWeighted(k, ONE));
    Recorded dreg = new Recorded(shape, new DoublyReparameterized(k, ONE));
    int draws = 1500;
    List<double[]> a = new ArrayList<>();
    List<double[]> b = new ArrayList<>();
    for (int step = 1; step <= draws; step++) {
      a.add(encoderGradient(plain, step));
      b.add(encoderGradient(dreg, draws + step));
    }
    double varianceOfPlain = 0;
    double varianceOfDreg = 0;
    for (int j = 0; j < a.get(0).length; j++) {
      int at = j;
      double[] first = a.stream().mapToDouble(gradient -> gradient[at]).toArray();
      double[] second = b.stream().mapToDouble(gradient -> gradient[at]).toArray();
      double error = Math.hypot(standardError(first), standardError(second));
      // Of some hundred weights one may well be 4 standard errors off.
      assertThat(mean(first)).as("weight %d", j).isCloseTo(mean(second), within(5 * error));
      varianceOfPlain += standardError(first) * standardError(first);
      varianceOfDreg += standardError(second) * standardError(second);
    }
    if (shape == Shape.TWO_LAYERS) {
      assertThat(varianceOfDreg).isLessThan(varianceOfPlain);
    }
  }

  private static double[] encoderGradient(Recorded r, long step) {
    List<float[]> all = r.gradients(step);
    return IntStream.range(0, all.size())
        .filter(i -> isOfEncoder(r.vae.parameters().get(i).name()))
        .mapToObj(i -> Doubles.of(all.get(i)))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static boolean isOfEncoder(String name) {
    String own = name.replace("layer2.", "");
    return own.startsWith("encoder") || own.startsWith("mean") || own.startsWith("log_var");
  }

  /** p(x|z₁), p(z₁|z₂) have nothing to do with how the encoders' gradient is found. */
  @Test
  void theGradientOfBothDecodersIsTheSameBitForBit() {
    Recorded plain = new Recorded(Shape.TWO_LAYERS, new ImportanceWeighted(5, ONE));
    Recorded dreg = new Recorded(Shape.TWO_LAYERS, new DoublyReparameterized(5, ONE));
    List<float[]> expected = plain.gradients(1);
    List<float[]> found = dreg.gradients(1);
    for (int i = 0; i < expected.size(); i++) {
      String name = plain.vae.parameters().get(i).name();
      if (isOfEncoder(name)) {
        assertThat(found.get(i)).as(name).isNotEqualTo(expected.get(i));
      } else {
        assertThat(found.get(i)).as(name).isEqualTo(expected.get(i));
      }
    }
  }

  /** A sum over a fine grid, far beyond the components. */
  @Test
  void aVampPriorIntegratesToOne() {
    assertThat(integral(1, 4000, 0.01)).isCloseTo(1, within(1e-5));
    assertThat(integral(2, 400, 0.1)).isCloseTo(1, within(1e-5));
  }

  private static double integral(int latent, int side, double step) {
    VaeConfig config = Shape.VAMP.config.withLayers(List.of(new LayerSizes(List.of(6), latent)));
    Vae vae = new Vae(config, SEED);
    int points = (int) StrictMath.pow(side, latent);
    Tape tape = new Tape(points, Kernels.best(), new Team(1));
    Tensor z =
        tape.input(
            "z",
            latent,
            (row, out, at) -> {
              for (int j = 0, rest = row; j < latent; j++, rest /= side) {
                out[at + j] = (float) ((rest % side - side / 2 + 0.5) * step);
              }
            });
    EqualMixture prior = vae.vampPrior(tape);
    Tensor logPz = prior.logProb(z);
    tape.forward(points);
    double sum = 0;
    for (int i = 0; i < points; i++) {
      sum += StrictMath.exp(logPz.values()[i]) * StrictMath.pow(step, latent);
    }
    return sum;
  }

  /** A component away from the others would leave the sum of the test above as it is. */
  @Test
  void theComponentsOfAVampPriorDifferFromTheFirstStepOn() {
    Vae vae = new Vae(Shape.VAMP.config, SEED);
    Tape tape = new Tape(1, Kernels.best(), new Team(1));
    Tensor mu = vae.vampPrior(tape).mu();
    tape.forward(1);
    for (int k = 1; k < 5; k++) {
      assertThat(Arrays.copyOfRange(mu.values(), k * mu.stride(), k * mu.stride() + 3))
          .isNotEqualTo(Arrays.copyOf(mu.values(), 3));
    }
  }

  @Test
  void noiseOfALayerFollowsStepAndSampleAndIsItsOwn() {
    PosteriorNoise noise = new PosteriorNoise(SEED, row -> 50 + row);
    assertThat(noise.layer(0)).isSameAs(noise);
    long before = noise.layer(1).key(2, 3);
    assertThat(before).isNotEqualTo(noise.key(2, 3)).isNotEqualTo(noise.layer(2).key(2, 3));
    noise.fromSample(3);
    assertThat(noise.layer(1).key(2, 0)).isEqualTo(before);
    noise.atStep(8);
    assertThat(noise.layer(1).key(2, 0)).isNotEqualTo(before);
    assertThat(noise.layer(1).key(2, 0)).isEqualTo(noise.layer(1).key(2, 0));
  }

  @Test
  void freeBitsNeedAKlThatIsKnownForEachDimension() {
    for (Shape shape : List.of(Shape.TWO_LAYERS, Shape.VAMP)) {
      assertThatThrownBy(() -> new Recorded(shape, new FreeBits(0.1, ONE)))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "free_bits: expected one stochastic layer under the prior normal, whose KL is known"
                  + " for each dimension, found %d under the prior %s; leave free_bits out"
                      .formatted(shape.config.layers().size(), shape.config.prior().kind()));
    }
    assertThat(new Recorded(Shape.CONDITIONAL, new FreeBits(0.1, ONE)).gradients(1)).isNotEmpty();
  }

  @Test
  void aConditionalModelAsksForLabels() {
    Vae vae = new Vae(Shape.CONDITIONAL.config, SEED);
    Tape tape = new Tape(1, Kernels.best(), new Team(1));
    Tensor x = tape.input("x", PIXELS, (row, out, at) -> {});
    assertThatThrownBy(() -> vae.encode(x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a conditional model must be given labels first");
    vae.given(tape, row -> CLASSES).encode(x);
    assertThatThrownBy(() -> tape.forward(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label (=3) must be from 0 to 2");
    Vae other = new Vae(Shape.GATED.config, SEED);
    assertThat(other.given(tape, row -> CLASSES)).isSameAs(other);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }
}
