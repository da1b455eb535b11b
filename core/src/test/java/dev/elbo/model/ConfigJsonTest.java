package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.network.Activation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigJsonTest {
  private static final Config UNUSUAL =
      new Config(
          new VaeConfig(100, List.of(128, 64), 2, Activation.SOFTPLUS, LikelihoodKind.GAUSSIAN),
          1,
          1_000_000,
          1e-7,
          KlWeight.beta(4),
          Long.MIN_VALUE,
          "fashion-mnist");

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> ConfigJson.parse(json, "my.json"))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void theTextOfTheDefaultsIsThis() {
    assertThat(ConfigJson.write(Config.DEFAULT))
        .isEqualTo(
            """
            {
              "batch_size": 128,
              "num_epochs": 25,
              "lr": 0.001,
              "input_size": 784,
              "hidden_size": 128,
              "latent_size": 64,
              "alpha": 0.001,
              "likelihood": "bernoulli",
              "activation": "relu",
              "seed": 0,
              "dataset": ""
            }
            """);
  }

  @Test
  void theTextOfAnUnusualOneIsThis() {
    assertThat(ConfigJson.write(UNUSUAL))
        .isEqualTo(
            """
            {
              "batch_size": 1,
              "num_epochs": 1000000,
              "lr": 1.0E-7,
              "input_size": 100,
              "hidden_size": [128,64],
              "latent_size": 2,
              "beta": 4.0,
              "likelihood": "gaussian",
              "activation": "softplus",
              "seed": -9223372036854775808,
              "dataset": "fashion-mnist"
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "th-TH-u-nu-thai", "de-DE"})
  void theTextDoesNotDependOnTheLocale(String tag) {
    String expected = ConfigJson.write(UNUSUAL);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(ConfigJson.write(UNUSUAL)).isEqualTo(expected);
      assertThat(ConfigJson.parse(expected, "x")).isEqualTo(UNUSUAL);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatWasWrittenIsReadBack() {
    assertThat(ConfigJson.parse(ConfigJson.write(Config.DEFAULT), "x")).isEqualTo(Config.DEFAULT);
    assertThat(ConfigJson.parse(ConfigJson.write(UNUSUAL), "x")).isEqualTo(UNUSUAL);
  }

  @Test
  void aFileLaysOnlyWhatItHolds() {
    assertThat(ConfigJson.parse("{}", "x")).isEqualTo(Config.DEFAULT);
    assertThat(ConfigJson.parse("{\"num_epochs\": 3}", "x"))
        .isEqualTo(Config.DEFAULT.withEpochs(3));
  }

  @ParameterizedTest
  @CsvSource({
    "latent, latent_size",
    "epochs, num_epochs",
    "batch-size, batch_size",
    "batchsize, batch_size",
    "bta, beta",
    "hiden_size, hidden_size",
    "Alpha, alpha"
  })
  void anUnknownKeySuggestsTheNearest(String key, String near) {
    assertRefused(
        "{\"%s\": 1}".formatted(key),
        "my.json: unknown key \"%s\"; did you mean \"%s\"? the keys are ".formatted(key, near)
            + Stream.of(ConfigKey.values()).map(ConfigKey::key).collect(Collectors.joining(", ")));
  }

  @Test
  void aKeyLikeNoneSuggestsNothing() {
    assertThatThrownBy(() -> ConfigKey.of("zzzzzzzzzzzz", "my.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("my.json: unknown key \"zzzzzzzzzzzz\"; the keys are batch_size,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"lr\": \"0.1\" | expected a number for \"lr\", found \"0.1\"",
        "\"lr\": null | expected a number for \"lr\", found null",
        "\"batch_size\": 12.5 | expected a whole number for \"batch_size\", found 12.5",
        "\"batch_size\": true | expected a whole number for \"batch_size\", found true",
        "\"likelihood\": 3 | expected a word in quotes for \"likelihood\", found 3",
        "\"hidden_size\": [] | expected a whole number or a list of them for \"hidden_size\","
            + " found []",
        "\"hidden_size\": [1,\"2\"] | expected a whole number or a list of them for"
            + " \"hidden_size\", found [1,\"2\"]"
      })
  void aValueOfTheWrongTypeIsRefused(String member, String message) {
    assertRefused("{" + member + "}", "my.json: " + message + "; mend it");
  }

  @Test
  void alphaAndBetaTogetherAreRefused() {
    assertRefused(
        "{\"alpha\": 0.001, \"beta\": 1}",
        "alpha and beta: expected one of them, found alpha 0.001 (my.json) and beta 1 (my.json);"
            + " leave one out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1] | ARRAY", "3 | NUMBER", "null | NULL", "'' | nothing", "'  ' | nothing"})
  void anythingButAnObjectIsRefused(String json, String found) {
    assertRefused(
        json,
        "my.json: expected a JSON object such as {\"lr\": 0.001}, found " + found + "; mend it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\n\"lr\": }", "{\n\"lr\": 1,\n\"lr\": 2}", "{\n} {}", "{\"lr\": NaN}"})
  void brokenJsonNamesThePlace(String json) {
    assertThatThrownBy(() -> ConfigJson.parse(json, "my.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("my.json: expected a JSON object such as {\"lr\": 0.001}, found ")
        .hasMessageMatching("(?s).*\\(line [123]\\); mend it")
        .hasMessageNotContaining("\n");
  }

  @Test
  void deepNestingIsRefusedBeforeItHurts() {
    assertThatThrownBy(() -> ConfigJson.parse("{\"lr\":" + "[".repeat(100_000), "my.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("my.json: expected a JSON object");
  }
}
