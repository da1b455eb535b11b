package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.DoubleVae;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.PosteriorNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginalLikelihoodTest {
  private static final int SIDE = 3;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LATENT = 2;
  private static final long SEED = 5;
  private static final Vae VAE =
      new Vae(
          new VaeConfig(PIXELS, List.of(8), LATENT, Activation.TANH, LikelihoodKind.BERNOULLI),
          SEED);

  static {
    // Larger weights than at the start of a training, so that z tells something.
    Random random = new Random(SEED);
    for (Parameter parameter : VAE.parameters()) {
      float[] values = parameter.toArray();
      for (int j = 0; j < values.length; j++) {
        values[j] += 3 * (random.nextFloat() - 0.5f);
      }
      parameter.set(values);
    }
  }

  private static Images images(int count) {
    byte[] pixels = new byte[count * PIXELS];
    new Random(1).nextBytes(pixels);
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  private static Codes codes(Images images) {
    try (Team team = new Team(1)) {
      return new TestBound(VAE, images, SEED, Kernels.best(), team).perImage().codes();
    }
  }

  private static List<NllEstimate> measure(
      Images images, int samples, long seed, Kernels kernels, int threads) {
    LogWeights model = LogWeights.of(VAE);
    MarginalLikelihood likelihood =
        new MarginalLikelihood(model, images, codes(images), seed, kernels);
    try (Team team = new Team(threads)) {
      return likelihood.measure(samples, team, ended -> {});
    }
  }

  /** log w of one draw in double. */
  private static double logWeight(DoubleVae reference, double[] x, double[] eps) {
    DoubleVae.Terms terms = reference.terms(x, eps);
    double[] z = Doubles.reparameterize(terms.mu(), terms.logVar(), eps);
    double[] zero = new double[LATENT];
    return -terms.reconstruction()
        + Doubles.logDensity(z, zero, zero)
        - Doubles.logDensity(z, terms.mu(), terms.logVar());
  }

  /** One draw, fewer than are made at a time, exactly so many, and a last part of a time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 150})
  void theEstimateIsTheReferences(int samples) {
    Images images = images(5);
    DoubleVae reference = new DoubleVae(VAE);
    PosteriorNoise noise = new PosteriorNoise(SEED, row -> row);
    double[] logLikelihoods = new double[images.count()];
    for (int i = 0; i < images.count(); i++) {
      double[] x = new double[PIXELS];
      for (int j = 0; j < PIXELS; j++) {
        x[j] = (images.pixels()[i * PIXELS + j] & 0xff) / 255f;
      }
      double sum = 0;
      for (int sample = 0; sample < samples; sample++) {
        sum += Math.exp(logWeight(reference, x, Doubles.eps(noise.key(i, sample), LATENT)));
      }
      logLikelihoods[i] = Math.log(sum / samples);
    }
    double mean = Arrays.stream(logLikelihoods).average().orElseThrow();
    double squares = Arrays.stream(logLikelihoods).map(l -> (l - mean) * (l - mean)).sum();

    List<NllEstimate> estimates = measure(images, samples, SEED, Kernels.best(), 1);
    NllEstimate last = estimates.get(estimates.size() - 1);

    // Log-weights of size ten, in float.
    double rounding = 1e-5;
    assertThat(last.samples()).isEqualTo(samples);
    assertThat(last.nll()).isCloseTo(-mean, within(rounding));
    assertThat(last.standardError()).isCloseTo(Math.sqrt(squares / 4 / 5), within(rounding));
  }

  @Test
  void neitherThreadsNorKernelsEnterTheBits() {
    Images images = images(23);
    List<NllEstimate> expected = measure(images, 130, SEED, Kernels.plain(), 1);
    for (int threads : new int[] {1, 2, 3, 5}) {
      assertThat(measure(images, 130, SEED, Kernels.best(), threads)).isEqualTo(expected);
    }
  }

  /** 100 draws are made 50 at a time, 130 are 44 at a time. */
  @Test
  void neitherDoesHowManyAreDrawnAtATime() {
    Images images = images(4);
    List<NllEstimate> of100 = measure(images, 100, SEED, Kernels.best(), 1);
    List<NllEstimate> of130 = measure(images, 130, SEED, Kernels.best(), 1);
    assertThat(of130.subList(0, 3)).isEqualTo(of100);
  }

  @Test
  void theBoundDoesNotLoosenWithMoreDraws() {
    int seeds = 16;
    Images images = images(20);
    double[][] nll = new double[4][seeds];
    for (int seed = 0; seed < seeds; seed++) {
      List<NllEstimate> estimates = measure(images, 300, seed, Kernels.best(), 1);
      for (int stage = 0; stage < nll.length; stage++) {
        nll[stage][seed] = estimates.get(stage).nll();
      }
    }
    for (int stage = 1; stage < nll.length; stage++) {
      double[] gain = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        gain[seed] = nll[stage - 1][seed] - nll[stage][seed];
      }
      assertThat(mean(gain)).isGreaterThan(-3 * standardError(gain));
    }
    assertThat(mean(nll[0]) - mean(nll[3])).isGreaterThan(0.1);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /** Probabilistic PCA, whose log p(x) is known exactly. */
  @Test
  void aLinearGaussianModelHasItsExactLikelihood() {
    LinearGaussian pca = new LinearGaussian();
    Images images = pca.images(20);
    double exact = pca.meanLogLikelihood(images);
    // Off the true posterior, so that the weights vary: moved by a third, twice as wide.
    Codes off = pca.posteriors(images, 0.33, 2);
    double[] estimates = new double[16];
    for (int seed = 0; seed < estimates.length; seed++) {
      MarginalLikelihood likelihood =
          new MarginalLikelihood(pca, images, off, seed, Kernels.best());
      try (Team team = new Team(1)) {
        estimates[seed] = -likelihood.measure(500, team, ended -> {}).get(3).nll();
      }
    }
    double error = standardError(estimates);
    assertThat(error).isBetween(1e-4, 1e-2);
    assertThat(mean(estimates)).isCloseTo(exact, within(3 * error));
  }

  @Test
  void underTheTruePosteriorOneDrawIsEnough() {
    LinearGaussian pca = new LinearGaussian();
    Images images = pca.images(20);
    Codes exact = pca.posteriors(images, 0, 1);
    MarginalLikelihood likelihood = new MarginalLikelihood(pca, images, exact, 1, Kernels.best());
    try (Team team = new Team(1)) {
      for (NllEstimate estimate : likelihood.measure(10, team, ended -> {})) {
        assertThat(estimate.nll()).isCloseTo(-pca.meanLogLikelihood(images), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,1 7", "10,1 10", "500,1 10 100 500", "5001,1 10 100 1000 5000 5001"})
  void stagesAreThoseBelowAndTheOneAskedFor(int samples, String stages) {
    assertThat(MarginalLikelihood.stages(samples).stream().map(String::valueOf))
        .containsExactly(stages.split(" "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void noDrawsOrTooManyAreOneSentence(int samples) {
    assertThatThrownBy(() -> MarginalLikelihood.stages(samples))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "samples: expected from 1 to 1000000 draws an image, found %d; 500 is the default"
                .formatted(samples));
  }

  @Test
  void progressIsToldOnceForEachImageAndEndsWithAll() {
    Images images = images(6);
    List<Integer> told = new ArrayList<>();
    MarginalLikelihood likelihood =
        new MarginalLikelihood(LogWeights.of(VAE), images, codes(images), SEED, Kernels.best());
    try (Team team = new Team(1)) {
      likelihood.measure(2, team, told::add);
    }
    assertThat(told).containsExactly(1, 2, 3, 4, 5, 6, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aValueThatIsNotFiniteIsNamed(int threads) {
    Images images = images(6);
    Codes broken = codes(images);
    broken.mu()[5] = Float.NaN;
    MarginalLikelihood likelihood =
        new MarginalLikelihood(LogWeights.of(VAE), images, broken, SEED, Kernels.best());
    try (Team team = new Team(threads)) {
      assertThatThrownBy(() -> likelihood.measure(3, team, ended -> {}))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("mu");
    }
  }
}
