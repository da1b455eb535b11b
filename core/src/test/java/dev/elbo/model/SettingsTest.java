package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.model.Settings.Entry;
import dev.elbo.network.Activation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Settings settings = Settings.defaults();

  private static Map<ConfigKey, Entry> flag(ConfigKey key, String text) {
    return Map.of(key, new Entry(text, "--" + key.flag().orElseThrow()));
  }

  @Test
  void withoutAnythingTheyAreTheDefaults() {
    assertThat(settings.config()).isEqualTo(Config.DEFAULT);
    assertThat(settings.entries().values()).extracting(Entry::source).containsOnly("default");
    assertThat(settings.entries())
        .doesNotContainKey(ConfigKey.BETA)
        .hasSize(ConfigKey.values().length - 1);
    assertThat(settings.isChosen(ConfigKey.LR)).isFalse();
    assertThat(settings.isChosen(ConfigKey.BETA)).isFalse();
  }

  @Test
  void aFlagBeatsTheEnvironmentWhichBeatsAFileWhichBeatsTheDefault() {
    settings.lay(ConfigJson.read("{\"lr\": 0.1, \"seed\": 1, \"latent_size\": 9}", "mine.json"));
    settings.layEnvironment(Map.of("ELBO_LR", "0.2", "ELBO_SEED", "2", "PATH", "/bin"));
    settings.lay(flag(ConfigKey.LR, "0.3"));
    Config config = settings.config();
    assertThat(config.learningRate()).isEqualTo(0.3);
    assertThat(config.seed()).isEqualTo(2);
    assertThat(config.vae().latentSize()).isEqualTo(9);
    assertThat(config.batchSize()).isEqualTo(128);
    assertThat(settings.entries().get(ConfigKey.LR)).isEqualTo(new Entry("0.3", "--lr"));
    assertThat(settings.entries().get(ConfigKey.SEED)).isEqualTo(new Entry("2", "ELBO_SEED"));
    assertThat(settings.entries().get(ConfigKey.LATENT_SIZE))
        .isEqualTo(new Entry("9", "mine.json"));
    assertThat(settings.isChosen(ConfigKey.LR)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void anEmptyVariableCountsAsUnset(String value) {
    settings.layEnvironment(Map.of("ELBO_LR", value));
    assertThat(settings.config()).isEqualTo(Config.DEFAULT);
    assertThat(settings.isChosen(ConfigKey.LR)).isFalse();
  }

  /** What some keys are refused without. */
  private static void lay(Settings settings, ConfigKey key) {
    switch (key) {
      case PATIENCE -> settings.lay(ConfigKey.VALIDATION, "9", "test");
      case WEIGHT_DECAY -> settings.lay(ConfigKey.OPTIMIZER, "adamw", "test");
      case LR_STEPS -> settings.lay(ConfigKey.LR_SCHEDULE, "steps", "test");
      default -> {}
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyHasAVariableByItsOwnNameAndByItsFlags(ConfigKey key) {
    String value =
        switch (key) {
          case LIKELIHOOD -> "gaussian";
          case ACTIVATION -> "tanh";
          case DATASET -> "pen";
          case BINARIZATION -> "dynamic";
          case OPTIMIZER -> "adamw";
          case LR_SCHEDULE -> "cosine";
          case OUTPUT_BIAS -> "data";
          case OBJECTIVE -> "iwae";
          case PRIOR -> "vamp";
          case CONDITIONAL -> "true";
          case ADAM_BETA1, ADAM_BETA2, EMA -> "0.5";
          default -> "3";
        };
    assertThat(key.variables()).contains("ELBO_" + key.name());
    for (String variable : key.variables()) {
      Settings settings = Settings.defaults();
      lay(settings, key);
      settings.layEnvironment(Map.of(variable, value));
      assertThat(key.text(settings.config())).isPresent().isNotEqualTo(key.text(Config.DEFAULT));
      assertThat(settings.entries().get(key)).isEqualTo(new Entry(value, variable));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NUM_EPOCHS, ELBO_EPOCHS",
    "HIDDEN_SIZE, ELBO_HIDDEN",
    "LATENT_SIZE, ELBO_LATENT",
    "BATCH_SIZE, ELBO_BATCH_SIZE"
  })
  void theLastVariableIsSpeltAsTheFlag(ConfigKey key, String variable) {
    assertThat(key.variables()).last().isEqualTo(variable);
    assertThat(key.variables()).doesNotHaveDuplicates();
  }

  @Test
  void bothVariablesOfAKeyAreAnErrorThatNamesThem() {
    Map<String, String> both = Map.of("ELBO_EPOCHS", "3", "ELBO_NUM_EPOCHS", "4");
    assertThatThrownBy(() -> settings.layEnvironment(both))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "ELBO_NUM_EPOCHS and ELBO_EPOCHS: expected one of them, found \"4\" and \"3\";"
                + " unset one");

    settings.layEnvironment(Map.of("ELBO_EPOCHS", "3", "ELBO_NUM_EPOCHS", " "));
    assertThat(settings.config().epochs()).isEqualTo(3);
  }

  @Test
  void betaReplacesAlphaAndAlphaBeta() {
    settings.lay(ConfigJson.read("{\"beta\": 4}", "mine.json"));
    assertThat(settings.config().klWeight()).isEqualTo(KlWeight.beta(4));
    assertThat(settings.entries()).doesNotContainKey(ConfigKey.ALPHA);
    settings.lay(flag(ConfigKey.ALPHA, "0.01"));
    assertThat(settings.config().klWeight()).isEqualTo(KlWeight.alpha(0.01));
    assertThat(settings.entries()).doesNotContainKey(ConfigKey.BETA);
  }

  @Test
  void bothAtOnceAreAnError() {
    Map<ConfigKey, Entry> both =
        Map.of(
            ConfigKey.ALPHA, new Entry("0.1", "--alpha"), ConfigKey.BETA, new Entry("2", "--beta"));
    assertThatThrownBy(() -> settings.lay(both))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "alpha and beta: expected one of them, found alpha 0.1 (--alpha) and beta 2 (--beta);"
                + " leave one out");
  }

  @Test
  void hiddenSizesAreAListWithCommas() {
    settings.lay(flag(ConfigKey.HIDDEN_SIZE, "128, 64"));
    assertThat(settings.config().vae().hiddenSizes()).containsExactly(128, 64);
  }

  @Test
  void wordsChooseTheModel() {
    settings.lay(flag(ConfigKey.LIKELIHOOD, "gaussian"));
    settings.lay(flag(ConfigKey.ACTIVATION, "softplus"));
    assertThat(settings.config().vae().likelihood()).isEqualTo(LikelihoodKind.GAUSSIAN);
    assertThat(settings.config().vae().activation()).isEqualTo(Activation.SOFTPLUS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BATCH_SIZE | 1e3 | batch_size: expected a whole number, found \"1e3\" (from --batch-size)",
        "BATCH_SIZE | 1.5 | batch_size: expected a whole number, found \"1.5\" (from --batch-size)",
        "NUM_EPOCHS | 3000000000 | num_epochs: expected a whole number, found \"3000000000\""
            + " (from --epochs)",
        "HIDDEN_SIZE | 128, | hidden_size: expected a whole number, found \"128,\" (from --hidden)",
        "LR | NaN | lr: expected a number, found \"NaN\" (from --lr)",
        "LR | 0x1p-3 | lr: expected a number, found \"0x1p-3\" (from --lr)",
        "LR | 1d | lr: expected a number, found \"1d\" (from --lr)",
        "BETA | Infinity | beta: expected a number, found \"Infinity\" (from --beta)",
        "LIKELIHOOD | poisson | likelihood: expected one of bernoulli, gaussian,"
            + " calibrated-gaussian, pixel-gaussian, continuous-bernoulli, found \"poisson\" (from --likelihood)",
        "SEED | 99999999999999999999 | seed: expected a whole number of at most 64 bits,"
            + " found \"99999999999999999999\" (from --seed)"
      })
  void aMistypedValueNamesItsSource(ConfigKey key, String text, String message) {
    settings.lay(flag(key, text));
    assertThatThrownBy(settings::config)
        .isInstanceOf(InputException.class)
        .hasMessage(message + "; change it there");
  }

  /** Where σ is found, the terms of the bound are in balance already. */
  @ParameterizedTest
  @CsvSource({
    "bernoulli, 0.784",
    "gaussian, 0.392",
    "continuous-bernoulli, 0.784",
    "calibrated-gaussian, 1",
    "pixel-gaussian, 1"
  })
  void theWeightNobodyChoseFitsTheLikelihood(String likelihood, double beta) {
    settings.lay(flag(ConfigKey.LIKELIHOOD, likelihood));
    assertThat(settings.config().beta()).isEqualTo(beta);
    assertThat(ConfigJson.parse(ConfigJson.write(settings.config()), "copy"))
        .isEqualTo(settings.config());
    settings.lay(flag(ConfigKey.ALPHA, "0.01"));
    assertThat(settings.config().klWeight()).isEqualTo(KlWeight.alpha(0.01));
  }

  @ParameterizedTest
  @CsvSource({"OBJECTIVE, iwae", "SAMPLES, 5"})
  void freeBitsGoWithOneSampleOfTheEvidenceBound(ConfigKey key, String value) {
    settings.lay(flag(ConfigKey.FREE_BITS, "0.5"));
    assertThat(settings.config().objective().freeBits()).isEqualTo(0.5);
    settings.lay(flag(key, value));
    assertThatThrownBy(settings::config)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("free_bits: expected 0 with objective ")
        .hasMessageEndingWith(", found 0.5; they go with elbo and one sample");
  }

  @Test
  void aWordThatIsNearlyRightSuggestsTheRightOne() {
    settings.lay(flag(ConfigKey.ACTIVATION, "ReLU"));
    assertThatThrownBy(settings::config)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "activation: expected one of relu, tanh, sigmoid, softplus, gated, found \"ReLU\" (from"
                + " --activation); did you mean relu?");
  }

  @Test
  void seedsHave64Bits() {
    settings.lay(flag(ConfigKey.SEED, "-9223372036854775808"));
    assertThat(settings.config().seed()).isEqualTo(Long.MIN_VALUE);
  }
}
