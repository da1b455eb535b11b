package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.DoubleVae;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.RowSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatentTest {
  private static final int PIXELS = 10;
  private static final int LATENT = 3;
  private static final double ROUNDING = 1e-6;

  private static Vae vae(LikelihoodKind likelihood) {
    return new Vae(new VaeConfig(PIXELS, List.of(7, 5), LATENT, Activation.TANH, likelihood), 2);
  }

  private static float[] values(int length) {
    Random random = new Random(3);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static RowSource rows(float[] images) {
    return (row, out, at) -> System.arraycopy(images, row * PIXELS, out, at, PIXELS);
  }

  /** Fewer than one batch of 128, exactly one, and a last partial one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 128, 129, 300})
  void codesOfImagesAreThoseOfTheReferenceHoweverMany(int count) {
    Vae vae = vae(LikelihoodKind.BERNOULLI);
    float[] images = values(count * PIXELS);
    Codes codes = new Encoder(vae).encode(rows(images), count);
    assertThat(codes.count()).isEqualTo(count);
    DoubleVae reference = new DoubleVae(vae);
    for (int i = 0; i < count; i++) {
      double[] x = Doubles.of(Arrays.copyOfRange(images, i * PIXELS, (i + 1) * PIXELS));
      DoubleVae.Terms terms = reference.terms(x, new double[LATENT]);
      for (int j = 0; j < LATENT; j++) {
        int at = i * LATENT + j;
        assertThat((double) codes.mu()[at]).isCloseTo(terms.mu()[j], within(ROUNDING));
        assertThat((double) codes.logVar()[at]).isCloseTo(terms.logVar()[j], within(ROUNDING));
        assertThat(codes.mean(i)[j]).isEqualTo(codes.mu()[at]);
      }
    }
  }

  @Test
  void anEncoderMayBeUsedAgainAndAskedForNothing() {
    Encoder encoder = new Encoder(vae(LikelihoodKind.BERNOULLI));
    float[] images = values(200 * PIXELS);
    float[] first = encoder.encode(rows(images), 200).mu();
    assertThat(encoder.encode(rows(images), 0).mu()).isEmpty();
    assertThat(encoder.encode(rows(images), 200).mu()).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfCodesAreThoseOfTheReferenceHoweverMany(LikelihoodKind likelihood) {
    Vae vae = vae(likelihood);
    DoubleVae reference = new DoubleVae(vae);
    Decoder decoder = new Decoder(vae);
    for (int count : new int[] {1, 128, 300}) {
      float[] z = values(count * LATENT);
      float[] images = decoder.decode(z);
      assertThat(images).hasSize(count * PIXELS);
      for (int i = 0; i < count; i++) {
        double[] code = Doubles.of(Arrays.copyOfRange(z, i * LATENT, (i + 1) * LATENT));
        double[] exact = reference.decode(code);
        for (int j = 0; j < PIXELS; j++) {
          assertThat((double) images[i * PIXELS + j]).isCloseTo(exact[j], within(ROUNDING));
        }
      }
    }
  }

  @Test
  void divergencesPerDimensionAddUpToTheWhole() {
    int count = 50;
    float[] mu = values(count * LATENT);
    float[] logVar = new float[count * LATENT];
    for (int i = 0; i < logVar.length; i++) {
      logVar[i] = -2 * mu[i];
    }
    double[] kl = new Codes(count, LATENT, mu, logVar).klPerDimension();
    double whole = Doubles.kl(Doubles.of(mu), Doubles.of(logVar)) / count;
    assertThat(kl[0] + kl[1] + kl[2]).isCloseTo(whole, within(1e-12));
    Codes one = new Codes(1, 2, new float[] {3, 0}, new float[2]);
    assertThat(one.klPerDimension()).containsExactly(4.5, 0);
  }

  @Test
  void drawsOfThePriorDoNotDependOnHowManyAreAskedFor() {
    Prior prior = new Prior(70, 5);
    float[] many = prior.sample(20);
    assertThat(prior.sample(3)).isEqualTo(Arrays.copyOf(many, 3 * 70));
    assertThat(new Prior(70, 6).sample(3)).isNotEqualTo(prior.sample(3));
    assertThat(Arrays.copyOfRange(many, 70, 140)).isNotEqualTo(Arrays.copyOf(many, 70));
  }

  @Test
  void drawsOfThePriorAreStandardNormal() {
    float[] z = new Prior(64, 1).sample(2000);
    double mean = 0;
    double square = 0;
    for (float value : z) {
      mean += value;
      square += value * value;
    }
    double root = Math.sqrt(z.length);
    assertThat(mean / z.length).isCloseTo(0, within(4 / root));
    assertThat(square / z.length).isCloseTo(1, within(4 * Math.sqrt(2) / root));
  }

  @Test
  void aLineBeginsAndEndsAtItsEndsInEqualSteps() {
    float[] line = Interpolation.line(new float[] {0, 1}, new float[] {4, -1}, 5);
    assertThat(line).containsExactly(0, 1, 1, 0.5f, 2, 0, 3, -0.5f, 4, -1);
    assertThat(Interpolation.line(new float[] {3}, new float[] {7}, 1)).containsExactly(3);
  }

  @Test
  void theMostActiveDimensionsComeFirstAndOfEqualsTheLower() {
    double[] kl = {0.1, 2, 0, 2, 5};
    assertThat(Traversal.mostActive(kl, 4)).containsExactly(4, 1, 3, 0);
    assertThat(Traversal.mostActive(kl, 9)).containsExactly(4, 1, 3, 0, 2);
  }

  @Test
  void aGridMovesOneDimensionARow() {
    Spread standard = new Spread(new double[2], new double[] {1, 1}, new double[2]);
    float[] grid = Traversal.grid(new float[] {9, 8}, List.of(1, 0), 3, 2, standard);
    assertThat(grid).containsExactly(9, -2, 9, 0, 9, 2, -2, 8, 0, 8, 2, 8);
    assertThat(Traversal.grid(new float[] {9}, List.of(0), 1, 2, standard)).containsExactly(0);
  }
}
