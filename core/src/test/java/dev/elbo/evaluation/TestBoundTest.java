package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.DoubleVae;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.PosteriorNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestBoundTest {
  private static final int SIDE = 3;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LATENT = 4;
  private static final long SEED = 6;

  /** Means of float terms of size 10 with errors of 2⁻²⁰ or so each. */
  private static final double ROUNDING = 1e-5;

  private static Vae vae(LikelihoodKind likelihood) {
    return new Vae(new VaeConfig(PIXELS, List.of(8), LATENT, Activation.RELU, likelihood), SEED);
  }

  private static Images images(int count) {
    byte[] pixels = new byte[count * PIXELS];
    new Random(1).nextBytes(pixels);
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  private static TestFigures measure(Vae vae, Images images, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      return new TestBound(vae, images, SEED, kernels, team).measure();
    }
  }

  private static double[] pixels(Images images, int image) {
    double[] x = new double[PIXELS];
    for (int j = 0; j < PIXELS; j++) {
      x[j] = (images.pixels()[image * PIXELS + j] & 0xff) / 255f;
    }
    return x;
  }

  /** Fewer than one batch of 256, exactly one, and a last partial one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 256, 515})
  void everyImageCountsOnce(int count) {
    assertThatItIsTheReference(LikelihoodKind.BERNOULLI, count);
  }

  @ParameterizedTest
  @EnumSource
  void figuresAreThoseOfTheReference(LikelihoodKind likelihood) {
    assertThatItIsTheReference(likelihood, 300);
  }

  private static void assertThatItIsTheReference(LikelihoodKind likelihood, int count) {
    Vae vae = vae(likelihood);
    Images images = images(count);
    DoubleVae reference = new DoubleVae(vae);
    PosteriorNoise noise = new PosteriorNoise(SEED, row -> row);
    double reconstruction = 0;
    double kl = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double[] x = pixels(images, i);
      DoubleVae.Terms terms = reference.terms(x, Doubles.eps(noise.key(i, 0), LATENT));
      reconstruction += terms.reconstruction() / count;
      kl += terms.kl() / count;
      for (int j = 0; j < PIXELS; j++) {
        double difference = x[j] - terms.decodedMean()[j];
        squares += difference * difference / count / PIXELS;
      }
    }
    TestFigures figures = measure(vae, images, Kernels.best(), 1);
    assertThat(figures.reconstruction()).isCloseTo(reconstruction, within(ROUNDING));
    assertThat(figures.kl()).isCloseTo(kl, within(ROUNDING));
    assertThat(figures.mse()).isCloseTo(squares, within(ROUNDING));
    assertThat(figures.elbo()).isEqualTo(-figures.reconstruction() - figures.kl());
    assertThat(figures.loss(0.5)).isEqualTo(figures.reconstruction() + 0.5 * figures.kl());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void figuresDoNotDependOnThreads(int threads) {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    Images images = images(300);
    assertThat(measure(vae, images, Kernels.best(), threads))
        .isEqualTo(measure(vae, images, Kernels.plain(), 1));
  }

  @Test
  void measuringTwiceGivesTheSameAndFollowsTheWeights() {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    TestBound bound = new TestBound(vae, images(50), SEED, Kernels.best(), new Team(1));
    TestFigures first = bound.measure();
    assertThat(bound.measure()).isEqualTo(first);
    Parameter bias = parameter(vae, "output.bias");
    float[] moved = bias.toArray();
    Arrays.fill(moved, 3f);
    bias.set(moved);
    assertThat(bound.measure().reconstruction()).isGreaterThan(first.reconstruction() + 1);
  }

  /** One hidden unit carries the first pixel, 0 or 1 by turns: a variance of w²/4. */
  @Test
  void unitsAreActiveWhoseMeanVariesByMoreThanAHundredth() {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    int count = 300;
    byte[] pixels = new byte[count * PIXELS];
    for (int i = 0; i < count; i += 2) {
      pixels[i * PIXELS] = (byte) 255;
    }
    float[] hidden = new float[8 * PIXELS];
    hidden[0] = 1;
    parameter(vae, "encoder.0.weight").set(hidden);
    float[] mean = new float[LATENT * 8];
    mean[0] = 0.19f;
    mean[8] = 0.21f;
    mean[2 * 8] = -5;
    parameter(vae, "mean.weight").set(mean);
    // The last unit is far from zero and does not vary.
    parameter(vae, "mean.bias").set(new float[] {0, 0, 0, 9});
    Images images = new Images(count, SIDE, SIDE, pixels, Optional.empty());
    assertThat(measure(vae, images, Kernels.best(), 1).activeUnits()).isEqualTo(2);
  }

  private static Parameter parameter(Vae vae, String name) {
    return vae.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }
}
