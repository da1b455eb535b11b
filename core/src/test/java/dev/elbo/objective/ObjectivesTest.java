package dev.elbo.objective;

import static dev.elbo.objective.Experiment.LATENT;
import static dev.elbo.objective.Experiment.PIXELS;
import static dev.elbo.objective.Experiment.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.ObjectiveConfig;
import dev.elbo.model.ObjectiveKind;
import dev.elbo.model.Vae;
import dev.elbo.network.Activation;
import dev.elbo.objective.MultiSampleElbo.Divergence;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.GradientStore;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.training.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every objective against {@link DoubleVae}, against each other, and against what theory says. */
class ObjectivesTest {
  private static final long SEED = 4;

  /** Floats carry 24 bits, and some dozens of roundings go into a term. */
  private static final double ROUNDING = 2e-5;

  /** A model, its data and an objective on a tape. */
  private static final class Recorded {
    final Vae vae = new Vae(Experiment.config(Activation.TANH, LikelihoodKind.BERNOULLI, 6), SEED);
    final double[][] x = new double[ROWS][PIXELS];
    final PosteriorNoise noise = new PosteriorNoise(SEED, row -> 50 + row);
    final Tape tape;
    final Bound bound;

    Recorded(Objective objective, Kernels kernels, Team team) {
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
      bound = objective.of(vae, tape.input("x", PIXELS, this::fill), noise);
      tape.minimize(bound.loss());
    }

    Recorded(Objective objective) {
      this(objective, Kernels.best(), new Team(1));
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

    double mean(float[] values) {
      return IntStream.range(0, ROWS).mapToDouble(row -> values[row]).average().orElseThrow();
    }

    double meanLoss() {
      return mean(bound.loss().values());
    }
  }

  private static final Scalar ONE = new Scalar(1);

  @ParameterizedTest
  @CsvSource({
    "elbo, 1, 0, Elbo",
    "elbo, 4, 0, MultiSampleElbo",
    "elbo, 1, 0.5, FreeBits",
    "iwae, 1, 0, ImportanceWeighted",
    "iwae, 4, 0, ImportanceWeighted",
    "dreg, 4, 0, DoublyReparameterized"
  })
  void aConfigurationNamesItsObjective(String kind, int k, double free, String expected) {
    ObjectiveConfig config =
        new ObjectiveConfig(
            KlWeight.beta(1), 0, ObjectiveKind.valueOf(kind.toUpperCase(Locale.ROOT)), k, free);
    Objective objective = Objective.of(config, ONE);
    assertThat(objective.getClass().getSimpleName()).isEqualTo(expected);
    if (k == 4) {
      assertThat(objective.toString()).contains("k=4");
    }
  }

  /** log w of one draw in double. */
  private static double logWeight(
      DoubleVae reference, Recorded r, int row, int sample, double beta) {
    double[] eps = Doubles.eps(r.noise.key(row, sample), LATENT);
    DoubleVae.Terms terms = reference.terms(r.x[row], eps);
    double[] z = Doubles.reparameterize(terms.mu(), terms.logVar(), eps);
    double[] zero = new double[LATENT];
    double divergence =
        Doubles.logDensity(z, terms.mu(), terms.logVar()) - Doubles.logDensity(z, zero, zero);
    return -terms.reconstruction() - beta * divergence;
  }

  private static double[] logWeights(DoubleVae reference, Recorded r, int row, int k, double beta) {
    return IntStream.range(0, k)
        .mapToDouble(sample -> logWeight(reference, r, row, sample, beta))
        .toArray();
  }

  private static void assertGradient(Recorded r, ToDoubleFunction<DoubleVae> loss) {
    List<float[]> found = r.gradients(3); // before the loss is asked for, which it computes
    ReferenceGradient.assertGradient(r.vae, found, r.meanLoss(), loss, ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theImportanceWeightedGradientIsThatOfTheReference(int k) {
    double beta = 0.6;
    Recorded r = new Recorded(new ImportanceWeighted(k, new Scalar(beta)));
    assertGradient(
        r,
        reference ->
            IntStream.range(0, ROWS)
                .mapToDouble(row -> -Doubles.logMeanExp(logWeights(reference, r, row, k, beta)))
                .average()
                .orElseThrow());
  }

  @Test
  void theGradientOfTheMeanOfSamplesIsThatOfTheReference() {
    Recorded r = new Recorded(new MultiSampleElbo(3, Divergence.EXACT, new Scalar(0.6)));
    assertGradient(
        r,
        reference -> {
          double sum = 0;
          for (int row = 0; row < ROWS; row++) {
            for (int sample = 0; sample < 3; sample++) {
              double[] eps = Doubles.eps(r.noise.key(row, sample), LATENT);
              DoubleVae.Terms terms = reference.terms(r.x[row], eps);
              sum += terms.reconstruction() + 0.6 * terms.kl();
            }
          }
          return sum / (3 * ROWS);
        });
  }

  /** Some of the three dimensions lie above, some below: else the test would show nothing. */
  @Test
  void theGradientOfFreeBitsIsThatOfTheMaximumOfTheBatchMeans() {
    double[] means = klByDimension(new DoubleVae(new Recorded(new Elbo(ONE)).vae));
    double lambda = IntStream.range(0, LATENT).mapToDouble(j -> means[j]).average().orElseThrow();
    Recorded r = new Recorded(new FreeBits(lambda, new Scalar(0.6)));
    assertThat(Arrays.stream(means).max().orElseThrow()).isGreaterThan(1.01 * lambda);
    assertThat(Arrays.stream(means).min().orElseThrow()).isLessThan(0.99 * lambda);
    assertGradient(
        r,
        reference -> {
          double loss = 0;
          for (int row = 0; row < ROWS; row++) {
            double[] eps = Doubles.eps(r.noise.key(row, 0), LATENT);
            loss += reference.terms(r.x[row], eps).reconstruction() / ROWS;
          }
          for (double kl : klByDimension(reference)) {
            loss += 0.6 * Math.max(lambda, kl);
          }
          return loss;
        });
  }

  private static double[] klByDimension(DoubleVae reference) {
    Recorded r = new Recorded(new Elbo(ONE));
    double[] means = new double[LATENT];
    for (int row = 0; row < ROWS; row++) {
      DoubleVae.Terms terms = reference.terms(r.x[row], new double[LATENT]);
      for (int j = 0; j < LATENT; j++) {
        double[] mu = {terms.mu()[j]};
        means[j] += Doubles.kl(mu, new double[] {terms.logVar()[j]}) / ROWS;
      }
    }
    return means;
  }

  private static void assertSameTraining(Objective a, Objective b) {
    Recorded first = new Recorded(a);
    Recorded second = new Recorded(b);
    for (int step = 1; step <= 3; step++) {
      List<float[]> expected = second.gradients(step);
      List<float[]> found = first.gradients(step);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      }
      for (int row = 0; row < ROWS; row++) {
        assertThat(first.bound.loss().values()[row]).isEqualTo(second.bound.loss().values()[row]);
        assertThat(first.bound.kl().values()[row]).isEqualTo(second.bound.kl().values()[row]);
        assertThat(first.bound.reconstruction().values()[row])
            .isEqualTo(second.bound.reconstruction().values()[row]);
      }
    }
  }

  @Test
  void oneImportanceSampleIsTheSampledElboBitForBit() {
    Scalar beta = new Scalar(0.7);
    assertSameTraining(
        new ImportanceWeighted(1, beta), new MultiSampleElbo(1, Divergence.SAMPLED, beta));
  }

  @Test
  void oneSampleWithTheExactDivergenceIsTheElboBitForBit() {
    Scalar beta = new Scalar(0.7);
    assertSameTraining(new MultiSampleElbo(1, Divergence.EXACT, beta), new Elbo(beta));
  }

  @Test
  void noFreeBitsAreTheElboUpToRounding() {
    Recorded free = new Recorded(new FreeBits(0, ONE));
    Recorded elbo = new Recorded(new Elbo(ONE));
    List<float[]> expected = elbo.gradients(1);
    List<float[]> found = free.gradients(1);
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).length; j++) {
        assertThat((double) found.get(i)[j]).isCloseTo(expected.get(i)[j], within(1e-6));
      }
    }
    assertThat(free.meanLoss()).isCloseTo(elbo.meanLoss(), within(1e-5));
  }

  static List<Objective> objectives() {
    return List.of(
        new MultiSampleElbo(3, Divergence.EXACT, new Scalar(0.5)),
        new MultiSampleElbo(3, Divergence.SAMPLED, new Scalar(0.5)),
        new ImportanceWeighted(5, new Scalar(0.5)),
        new DoublyReparameterized(5, new Scalar(0.5)),
        new FreeBits(0.3, new Scalar(0.5)));
  }

  /** Whatever is minimised, the figures are those of the evidence lower bound. */
  @ParameterizedTest
  @MethodSource("objectives")
  void theReportedTermsAreThoseOfTheElboWithoutBeta(Objective objective) {
    Recorded r = new Recorded(objective);
    r.tape.forward(ROWS);
    DoubleVae reference = new DoubleVae(r.vae);
    int k = objective instanceof FreeBits ? 1 : objective instanceof MultiSampleElbo ? 3 : 5;
    for (int row = 0; row < ROWS; row++) {
      double reconstruction = 0;
      double kl = 0;
      for (int sample = 0; sample < k; sample++) {
        double[] eps = Doubles.eps(r.noise.key(row, sample), LATENT);
        DoubleVae.Terms terms = reference.terms(r.x[row], eps);
        reconstruction += terms.reconstruction() / k;
        kl = terms.kl();
      }
      assertThat((double) r.bound.reconstruction().values()[row])
          .isCloseTo(reconstruction, within(ROUNDING));
      assertThat((double) r.bound.kl().values()[row]).isCloseTo(kl, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void trainingIsTheSameBitsOnPlainKernelsAndOnAnyThreads(Objective objective) {
    List<float[]> expected = trained(objective, Kernels.plain(), 1);
    for (int threads : new int[] {1, 2, 3, 5}) {
      List<float[]> found = trained(objective, Kernels.best(), threads);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).as("%d threads", threads).isEqualTo(expected.get(i));
      }
    }
  }

  private static List<float[]> trained(Objective objective, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      Recorded r = new Recorded(objective, kernels, team);
      Adam adam = new Adam(kernels, r.vae.parameters());
      for (int step = 1; step <= 20; step++) {
        r.noise.atStep(step);
        adam.advance(step, 0.01);
        r.tape.step(step % 3 == 0 ? ROWS - 1 : ROWS, adam);
      }
      return r.vae.parameters().stream().map(Parameter::toArray).toList();
    }
  }

  /** Of the same image in the same step, so that the differences are small: within their error. */
  @Test
  void theBoundDoesNotDecreaseWithMoreSamples() {
    int draws = 400;
    double[] before = null;
    for (int k : new int[] {1, 2, 5, 20}) {
      Recorded r = new Recorded(new ImportanceWeighted(k, ONE));
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

  /** Each weight's two mean gradients differ by less than 4 standard errors of the difference. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5})
  void theDoublyReparameterizedGradientHasTheSameMeanAndLessVariance(double beta) {
    int k = 10;
    Recorded plain = new Recorded(new ImportanceWeighted(k, new Scalar(beta)));
    Recorded dreg = new Recorded(new DoublyReparameterized(k, new Scalar(beta)));
    int draws = 2000;
    List<double[]> a = new ArrayList<>();
    List<double[]> b = new ArrayList<>();
    for (int step = 1; step <= draws; step++) {
      // Independent draws for the two, so that a common fault cannot hide.
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
      assertThat(mean(first)).as("weight %d", j).isCloseTo(mean(second), within(4 * error));
      varianceOfPlain += draws * standardError(first) * standardError(first);
      varianceOfDreg += draws * standardError(second) * standardError(second);
    }
    assertThat(varianceOfDreg).isLessThan((beta == 1 ? 0.8 : 1) * varianceOfPlain);
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
    return name.startsWith("encoder") || name.startsWith("mean") || name.startsWith("log_var");
  }

  /** The decoder has nothing to do with how the encoder's gradient is found. */
  @Test
  void theDecodersGradientIsTheSameBitForBit() {
    Recorded plain = new Recorded(new ImportanceWeighted(5, ONE));
    Recorded dreg = new Recorded(new DoublyReparameterized(5, ONE));
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

  @Test
  void lessThanOneSampleIsRefused() {
    String message = "k: expected at least 1 draw an image, found 0; 1 is the usual bound";
    assertThatThrownBy(() -> new ImportanceWeighted(0, ONE))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new DoublyReparameterized(0, ONE)).hasMessage(message);
    assertThatThrownBy(() -> new MultiSampleElbo(0, Divergence.EXACT, ONE)).hasMessage(message);
    assertThatThrownBy(() -> new FreeBits(-1, ONE))
        .hasMessage("free_bits: expected nats a dimension, at least 0, found -1.0; 0 is for none");
  }

  @Test
  void betaRisesInEqualStepsToItsFullValueAndStays() {
    KlSchedule schedule = KlSchedule.ofEpochs(0.8, 2, 5);
    assertThat(schedule.at(1)).isCloseTo(0.08, within(1e-15));
    assertThat(schedule.at(5)).isCloseTo(0.4, within(1e-15));
    assertThat(schedule.at(10)).isEqualTo(0.8);
    assertThat(schedule.at(1_000_000)).isEqualTo(0.8);
    assertThat(new KlSchedule(0.8, 0).at(1)).isEqualTo(0.8);
    assertThat(KlSchedule.ofEpochs(1, 0.5, 5).at(2)).isCloseTo(0.8, within(1e-15));
    assertThatThrownBy(() -> new KlSchedule(1, -1))
        .hasMessage("beta (=1.0) must be finite, and it and warmUpSteps (=-1.0) at least 0");
  }
}
