package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.latent.Codes;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentHealthTest {
  private static final int COUNT = 400;

  /** Means and log-variances are kept as floats. */
  private static final double ROUNDING = 1e-6;

  private record Posterior(IntToDoubleFunction mu, double logVar) {}

  private static Posterior still(double mu, double variance) {
    return new Posterior(image -> mu, Math.log(variance));
  }

  /** Half of the images at −mu, half at mu; {@code by} of them in turn. */
  private static Posterior swinging(double mu, int by, double variance) {
    return new Posterior(image -> image / by % 2 == 0 ? -mu : mu, Math.log(variance));
  }

  private static LatentHealth health(Posterior... posteriors) {
    int latent = posteriors.length;
    float[] mu = new float[COUNT * latent];
    float[] logVar = new float[mu.length];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = (float) posteriors[i % latent].mu.applyAsDouble(i / latent);
      logVar[i] = (float) posteriors[i % latent].logVar;
    }
    return LatentHealth.of(new Codes(COUNT, latent, mu, logVar));
  }

  private static double kl(double mu, double variance) {
    return 0.5 * (variance + mu * mu - 1 - Math.log(variance));
  }

  @Test
  void aDimensionThatSwingsIsActiveAndItsFiguresAreThoseOfTheFormulas() {
    LatentDimension dimension = health(swinging(0.8, 1, 0.1)).dimensions().get(0);

    assertThat(dimension.kl()).isCloseTo(kl(0.8, 0.1), within(ROUNDING));
    assertThat(dimension.activity()).isCloseTo(0.64, within(ROUNDING));
    assertThat(dimension.mean()).isCloseTo(0, within(ROUNDING));
    assertThat(dimension.variance()).isCloseTo(0.74, within(ROUNDING));
    assertThat(dimension.isActive()).isTrue();
    assertThat(dimension.hasCollapsed()).isFalse();
  }

  @Test
  void thePriorItselfIsACollapsedDimension() {
    LatentDimension dimension = health(still(0, 1)).dimensions().get(0);

    assertThat(dimension).isEqualTo(new LatentDimension(0, 0, 0, 0, 1));
    assertThat(dimension.isActive()).isFalse();
    assertThat(dimension.hasCollapsed()).isTrue();
  }

  /** It costs nats but tells no image from another. */
  @Test
  void aDimensionThatIsAlwaysElsewhereIsNeitherActiveNorCollapsed() {
    LatentDimension dimension = health(still(3, 0.5)).dimensions().get(0);

    assertThat(dimension.kl()).isCloseTo(kl(3, 0.5), within(ROUNDING));
    assertThat(dimension.mean()).isCloseTo(3, within(ROUNDING));
    assertThat(dimension.activity()).isCloseTo(0, within(1e-12));
    assertThat(dimension.isActive()).isFalse();
    assertThat(dimension.hasCollapsed()).isFalse();
  }

  @Test
  void activeIsWhatVariesByMoreThanAHundredth() {
    LatentHealth health = health(swinging(0.09, 1, 1), swinging(0.11, 1, 1));

    assertThat(health.dimensions())
        .extracting(LatentDimension::isActive)
        .containsExactly(false, true);
    assertThat(health.activeUnits()).isEqualTo(1);
    assertThat(health.kl()).isCloseTo(kl(0.09, 1) + kl(0.11, 1), within(ROUNDING));
  }

  @Test
  void correlationsAreThoseOfActiveDimensionsTheStrongestFirst() {
    Posterior half = new Posterior(image -> image % 2 == 0 ? 1 : image % 4 == 1 ? -1 : 0.5, 0);
    LatentHealth health =
        health(swinging(1, 1, 0.1), still(3, 0.5), swinging(2, 1, 0.1), swinging(1, 2, 1), half);

    List<LatentHealth.Correlation> correlations = health.correlations();
    assertThat(correlations).hasSize(6);
    assertThat(correlations.get(0).first()).isEqualTo(0);
    assertThat(correlations.get(0).second()).isEqualTo(2);
    assertThat(correlations.get(0).value()).isCloseTo(1, within(ROUNDING));
    // Half of the images at 1, a quarter each at −1 and 0.5: covariance −5/8, variance 43/64.
    assertThat(correlations.get(1).second()).isEqualTo(4);
    assertThat(correlations.get(1).value())
        .isCloseTo(-0.625 / Math.sqrt(43 / 64.0), within(ROUNDING));
    assertThat(correlations)
        .filteredOn(pair -> pair.first() == 0 && pair.second() == 3)
        .singleElement()
        .satisfies(pair -> assertThat(pair.value()).isCloseTo(0, within(ROUNDING)));
  }

  @Test
  void aHealthyModelInWords() {
    LatentHealth health =
        health(
            Stream.concat(
                    Stream.of(swinging(0.9, 1, 0.1), swinging(0.6, 2, 0.5), still(3, 0.5)),
                    Stream.generate(() -> still(0, 1)).limit(17))
                .toArray(Posterior[]::new));

    assertThat(health.inWords(Config.DEFAULT))
        .isEqualTo(
            "2 of 20 dimensions carry information; 17 have collapsed to the prior; 1 differs from"
                + " the prior but hardly from image to image. Of the KL of 5.98 nats 1 holds half;"
                + " the largest share, 4.60, is dimension 2's. Over all images the active ones have"
                + " means from 0.00 to 0.00 and variances from 0.86 to 0.91, where the prior has 0"
                + " and 1. The strongest correlation is 0.00, of dimensions 0 and 1. --latent 8"
                + " would do as well; a lower --beta or free bits would use more of them.");
  }

  @Test
  void aCollapsedModelInWords() {
    Config config = Config.DEFAULT.with(ConfigKey.BETA, 4.0).with(ConfigKey.KL_WARMUP, 5.0);
    String words = health(still(0, 1), still(0, 1)).inWords(config);

    assertThat(words)
        .isEqualTo(
            "0 of 2 dimensions carry information; 2 have collapsed to the prior. The posterior has"
                + " collapsed: lower --beta (it is 4), let it rise more slowly (--kl-warmup is 5),"
                + " or give each dimension free bits (--free-bits 0.1).");
  }

  @Test
  void dimensionsFarFromThePriorAndAlikeAreSaid() {
    String words = health(swinging(2, 1, 0.1), swinging(1, 1, 0.1)).inWords(Config.DEFAULT);

    assertThat(words)
        .startsWith("2 of 2 dimensions carry information. ")
        .contains(
            "variances from 1.10 to 4.10, where the prior has 0 and 1: draws of the prior miss"
                + " where the data lie, and --sampler mixture does not.",
            "The strongest correlation is 1.00, of dimensions 0 and 1, which say nearly the same.")
        .endsWith("All are in use: a larger --latent may carry more.");
  }

  @Test
  void theRemedyIsOneThatTheConfigurationAllows() {
    assertThat(PosteriorCollapse.remedy(Config.DEFAULT.with(ConfigKey.FREE_BITS, 0.05)))
        .isEqualTo(
            "lower --beta (it is 0.784), let it rise slowly (--kl-warmup 10), or give more free"
                + " bits (--free-bits is 0.05)");
    // Free bits go with one sample alone.
    assertThat(PosteriorCollapse.remedy(Config.DEFAULT.with(ConfigKey.SAMPLES, 5)))
        .isEqualTo("lower --beta (it is 0.784) or let it rise slowly (--kl-warmup 10)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, 12, true",
    "6, 64, 0.9, true",
    "6, 64, 1.1, false",
    "7, 64, 0.9, false",
    "1, 2, 0.1, false"
  })
  void collapseIsNoActiveUnitOrFewWithLessThanANat(
      int active, int latent, double kl, boolean collapsed) {
    assertThat(PosteriorCollapse.isSeenIn(active, latent, kl)).isEqualTo(collapsed);
  }
}
