package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.util.List;
import java.util.Map;
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
          "data",
          "info",
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
        "data",
        "info",
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
        .containsExactly(
            "--epochs",
            "--batch-size",
            "--lr",
            "--hidden",
            "--latent",
            "--activation",
            "--likelihood",
            "--alpha",
            "--beta",
            "--seed",
            "--dataset",
            "--data",
            "--out",
            "--config",
            "--explain",
            "--threads",
            "--quiet",
            "--json");
    for (Map.Entry<ConfigKey, Settings.Entry> value : Settings.defaults().entries().entrySet()) {
      String text = value.getValue().text();
      value
          .getKey()
          .flag()
          .filter(flag -> !text.isEmpty())
          .ifPresent(
              flag ->
                  assertThat(lines)
                      .anyMatch(
                          line ->
                              line.strip().startsWith("--" + flag + "=")
                                  && (line.contains("(" + text.replaceAll("\\.0$", "") + ")")
                                      || line.contains(text + " (default)"))));
    }
    assertThat(Config.DEFAULT.epochs()).isEqualTo(25);
  }

  @Test
  void theHelpOfTrainNamesEveryDataSet() {
    String help = Outcome.of("train", "--help").out().replaceAll("\\s+", " ");

    assertThat(help)
        .contains(
            "--dataset=NAME mnist (default), fashion-mnist, pen (handwriting made by the program)"
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
