package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data and info print. */
class ReportCommandsTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(folder.resolve("tiny"));
    run = folder.resolve("run");
    Outcome trained =
        Outcome.of(
            "train",
            "--data",
            data,
            "--out",
            run,
            "--epochs",
            1,
            "--hidden",
            "16,8",
            "--latent",
            4,
            "--threads",
            1);
    assertThat(trained.code()).isZero();
  }

  @Test
  void dataListsEverySetWithItsPlace() throws IOException {
    Outcome text = Outcome.of("data");
    JsonNode json = Outcome.of("data", "--json").json();

    assertThat(text.outLines())
        .hasSize(8)
        .contains("                made by the program when asked for")
        .anyMatch(line -> line.startsWith("mnist           handwritten digits, 60,000 + 10,000"));
    assertThat(json.get("datasets").findValuesAsText("name"))
        .containsExactly("mnist", "fashion-mnist", "binarized-mnist", "pen");
  }

  @Test
  void dataDescribesAFolder() throws IOException {
    Outcome text = Outcome.of("data", "folder", "--data", data);
    JsonNode json = Outcome.of("data", "folder", "--data", data, "--json").json();

    assertThat(text.outLines())
        .hasSize(8)
        .startsWith("folder (" + data + ")")
        .anyMatch(line -> line.matches("  train 300 images of 8×8, mean 0\\.2\\d{3}, per class .*"))
        .anyMatch(line -> line.endsWith(", per class [15, 15, 15, 15]"))
        .anyMatch(line -> line.contains("train-images-idx3-ubyte: 19,216 bytes, sha256 "));
    assertThat(json.at("/test/count").asInt()).isEqualTo(TinyImages.TEST);
    assertThat(json.at("/train/class_counts/0").asInt()).isEqualTo(75);
    assertThat(json.get("sha256").asText())
        .isEqualTo(Outcome.of("info", run, "--json").json().get("dataset_sha256").asText());
  }

  @Test
  void infoPrintsFiguresToFiveDecimalsAndJsonAllOfThem() throws IOException {
    Outcome text = Outcome.of("info", run);
    JsonNode json = Outcome.of("info", run, "--json").json();
    String[] row = Files.readAllLines(run.resolve("metrics.csv")).get(1).split(",");

    assertThat(text.outLines())
        .contains(
            "  alpha 0.001 = beta 0.064",
            "  folder, grey images of 8×8, 3 steps",
            "figures of the grey test set (nats per image; mse per pixel)",
            "  -test_elbo is a bound on the NLL (grey: cross-entropy, not a likelihood)")
        .contains("  encoder.0.weight [16, 64]", "  decoder.1.bias [16]", "  output.bias [64]")
        .anyMatch(line -> line.matches("  test_mse            0\\.\\d{5}"))
        .anyMatch(line -> line.matches("  active_units        \\d"));
    assertThat(json.at("/figures/test_mse").decimalValue().toString()).isEqualTo(row[10]);
    assertThat(json.at("/config/hidden_size/1").asInt()).isEqualTo(8);
    assertThat(json.get("beta").asDouble()).isEqualTo(0.064);
    assertThat(json.get("tensors")).hasSize(14);
  }

  @Test
  void infoReadsAModelFileWithoutItsRun() throws IOException {
    Path alone = Files.copy(run.resolve("model.safetensors"), folder.resolve("alone.safetensors"));

    Outcome outcome = Outcome.of("info", alone);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.errLines()).containsExactly("model: " + alone);
    assertThat(outcome.out()).isEqualTo(Outcome.of("info", run).out());
  }
}
