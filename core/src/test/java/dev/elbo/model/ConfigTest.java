package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.network.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static VaeConfig vae(int input, List<Integer> hidden, int latent) {
    return new VaeConfig(input, hidden, latent, Activation.RELU, LikelihoodKind.BERNOULLI);
  }

  private static final VaeConfig GAUSSIAN =
      new VaeConfig(784, List.of(128), 64, Activation.RELU, LikelihoodKind.GAUSSIAN);

  private static void assertRefused(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(InputException.class).hasMessage(message);
  }

  @Test
  void theDefaultsAreTheStatedOnes() {
    Config config = Config.DEFAULT;
    assertThat(config.batchSize()).isEqualTo(128);
    assertThat(config.epochs()).isEqualTo(25);
    assertThat(config.learningRate()).isEqualTo(0.001);
    assertThat(config.vae()).isEqualTo(vae(784, List.of(128), 64));
    assertThat(config.klWeight()).isEqualTo(KlWeight.alpha(0.001));
    assertThat(config.seed()).isZero();
    assertThat(config.beta()).isCloseTo(0.784, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 262_145})
  void anInputHasAtLeastOnePixelAndNotTooMany(int size) {
    assertRefused(
        "input_size: expected a whole number from 1 to 262144, found " + size + "; change it",
        () -> vae(size, List.of(1), 64));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5, 16_385})
  void layersHaveASize(int size) {
    assertRefused(
        "latent_size: expected a whole number from 1 to 16384, found " + size + "; change it",
        () -> vae(784, List.of(128), size));
    assertRefused(
        "hidden_size: expected a whole number from 1 to 16384, found " + size + "; change it",
        () -> vae(784, List.of(128, size), 64));
  }

  @Test
  void thereIsAHiddenLayerAndNotTooMany() {
    assertRefused(
        "hidden_size: expected 1 to 16 sizes, found 0; give them as 128 or 128,64",
        () -> vae(784, List.of(), 64));
    assertRefused(
        "hidden_size: expected 1 to 16 sizes, found 17; give them as 128 or 128,64",
        () -> vae(784, Collections.nCopies(17, 8), 64));
  }

  @Test
  void aFirstLayerThatOutgrowsAnArrayIsRefused() {
    assertRefused(
        "hidden_size: expected a first layer of at most 268435455 weights,"
            + " found 262144 × 16384; make it smaller",
        () -> vae(262_144, List.of(16_384), 64));
  }

  @Test
  void hiddenSizesAreCopied() {
    List<Integer> sizes = new ArrayList<>(List.of(128));
    VaeConfig config = vae(784, sizes, 64);
    sizes.set(0, 7);
    assertThat(config.hiddenSizes()).containsExactly(128);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void aBatchHasAnImage(int size) {
    assertRefused(
        "batch_size: expected a whole number from 1 to 65536, found " + size + "; change it",
        () -> new Config(VaeConfig.DEFAULT, size, 1, 0.1, KlWeight.beta(1), 0, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void thereIsAnEpoch(int epochs) {
    assertRefused(
        "num_epochs: expected a whole number from 1 to 1000000, found " + epochs + "; change it",
        () -> Config.DEFAULT.withEpochs(epochs));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.001, Double.NaN, Double.POSITIVE_INFINITY})
  void aLearningRateIsAboveZero(double rate) {
    assertRefused(
        "lr: expected a number above 0, found " + rate + "; 0.001 is the default",
        () -> new Config(VaeConfig.DEFAULT, 1, 1, rate, KlWeight.beta(1), 0, ""));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY})
  void aWeightOfTheKlIsNotNegative(double value) {
    String rule = ": expected a number of 0 or more, found " + value;
    assertRefused("alpha" + rule + "; 0.001 is the default alpha", () -> KlWeight.alpha(value));
    assertRefused("beta" + rule + "; 0.001 is the default alpha", () -> KlWeight.beta(value));
  }

  @Test
  void aWeightOfZeroMakesAnAutoencoderAndIsAllowed() {
    assertThat(KlWeight.beta(0).beta(VaeConfig.DEFAULT)).isZero();
  }

  /** alpha·D for the Bernoulli likelihood, alpha·D/2 for squared errors. */
  @ParameterizedTest
  @CsvSource({"0.001, 0.784, 0.392", "0.5, 392, 196", "0, 0, 0"})
  void alphaTranslatesToBetaByThePixels(double alpha, double bernoulli, double gaussian) {
    assertThat(KlWeight.alpha(alpha).beta(VaeConfig.DEFAULT)).isCloseTo(bernoulli, within(1e-12));
    assertThat(KlWeight.alpha(alpha).beta(GAUSSIAN)).isCloseTo(gaussian, within(1e-12));
    assertThat(KlWeight.beta(bernoulli).alpha(VaeConfig.DEFAULT)).isCloseTo(alpha, within(1e-12));
    assertThat(KlWeight.beta(gaussian).alpha(GAUSSIAN)).isCloseTo(alpha, within(1e-12));
    assertThat(KlWeight.alpha(alpha).alpha(GAUSSIAN)).isEqualTo(alpha);
    assertThat(KlWeight.beta(alpha).beta(GAUSSIAN)).isEqualTo(alpha);
  }

  @Test
  void theSigmaOfUnitBetaIsTheRootOfBeta() {
    double sigma = KlWeight.alpha(0.001).sigmaOfUnitBeta(GAUSSIAN);
    assertThat(sigma * sigma).isCloseTo(0.392, within(1e-12));
  }
}
