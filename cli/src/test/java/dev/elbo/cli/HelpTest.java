package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.model.ConfigKey;
import dev.elbo.model.ConfigType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  private static final List<String> COMMANDS =
      List.of(
          "train",
          "resume",
          "reconstruct",
          "generate",
          "interpolate",
          "traverse",
          "evaluate",
          "sweep",
          "reproduce",
          "studio",
          "serve",
          "export",
          "data",
          "info",
          "runs",
          "presets",
          "completion");

  @Test
  void withoutACommandComesTheHelpThatListsThemAll() {
    Outcome outcome = Outcome.of();

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo(Outcome.of("--help").out());
    assertThat(outcome.outLines().stream().filter(line -> line.matches("  [a-z]+ +[A-Z].*\\.?")))
        .extracting(line -> line.strip().split(" ")[0])
        .isEqualTo(COMMANDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "resume",
        "reconstruct",
        "generate",
        "interpolate",
        "traverse",
        "evaluate",
        "sweep",
        "reproduce",
        "studio",
        "serve",
        "export",
        "data",
        "info",
        "runs",
        "presets",
        "completion"
      })
  void theHelpOfACommandFitsAHundredColumnsAndEndsWithItself(String command) {
    Outcome outcome = Outcome.of(command, "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Usage: elbo " + command + " [-h]");
    assertThat(outcome.outLines())
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.matches("  -h, --help +show this help"));
  }

  @Test
  void theHelpOfTrainShowsTheFlagsInOrderWithTheirDefaults() {
    List<String> lines = Outcome.of("train", "--help").outLines();

    assertThat(
            lines.stream()
                .filter(line -> line.startsWith("      --"))
                .map(line -> line.strip().split("[= ]")[0]))
        .startsWith(
            "--batch-size",
            "--epochs",
            "--lr",
            "--hidden",
            "--latent",
            "--alpha",
            "--beta",
            "--likelihood",
            "--activation",
            "--seed",
            "--dataset")
        .endsWith(
            "--data",
            "--out",
            "--config",
            "--preset",
            "--from",
            "--seeds",
            "--studio",
            "--explain",
            "--threads",
            "--quiet",
            "--json");
    String help = String.join(" ", lines).replaceAll("\\s+", " ");
    for (ConfigKey key : ConfigKey.values()) {
      key.flag()
          .ifPresent(
              flag ->
                  assertThat(help).contains("--" + flag + value(key) + " " + key.description()));
    }
    assertThat(help).contains("--epochs=N passes over the data (25)");
  }

  /** What is true or false may stand alone. */
  private static String value(ConfigKey key) {
    return key.type().form() == ConfigType.Form.TRUTH
        ? "[=" + key.label() + "]"
        : "=" + key.label();
  }

  @Test
  void theHelpOfTrainNamesEveryDataSet() {
    String help = Outcome.of("train", "--help").out().replaceAll("\\s+", " ");

    assertThat(help)
        .contains(
            "--dataset=NAME mnist (default), fashion-mnist, binarized-mnist, pen (handwriting made by the program)"
                + " or folder (your own IDX files in --data)");
  }

  @Test
  void theHelpOfResumeShowsOnlyWhatMayChange() {
    assertThat(Outcome.of("resume", "--help").out())
        .contains("--epochs=N", "--data=DIR", "--threads=N", "RUN")
        .doesNotContain("--lr", "--hidden", "--seed");
  }

  @Test
  void theVersionIsOneLine() {
    Outcome outcome = Outcome.of("--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).matches("elbo \\S+ \\(Java \\d+\\)\\R");
  }

  @Test
  void theCompletionKnowsEveryCommandAndFlag() {
    Outcome outcome = Outcome.of("completion");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F")
        .contains(COMMANDS);
    assertThat(outcome.out()).contains("--batch-size", "--columns", "--reach", "--image");
  }
}
