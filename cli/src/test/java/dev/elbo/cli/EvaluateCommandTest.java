package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir static Path folder;
  private static Path data;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(folder.resolve("tiny"));
    run = folder.resolve("run");
    String line =
        "train --data %s --out %s --epochs 3 --hidden 16 --latent 4 --threads 1"
            .formatted(data, run);
    Outcome trained = Outcome.of((Object[]) line.split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  private static Outcome evaluate(Object model, String flags) {
    return Outcome.of((Object[]) ("evaluate " + model + " " + flags).strip().split(" "));
  }

  @Test
  void aRunKeepsWhatItsTableShows() throws IOException {
    Outcome text = evaluate(run, "--samples 20 --threads 1");

    assertThat(text.code()).as(text.err()).isZero();
    String[] row = Files.readAllLines(run.resolve("metrics.csv")).get(3).split(",");
    JsonNode json = new JsonMapper().readTree(run.resolve("evaluation.json").toFile());
    // The same figures as training told, to the last digit.
    assertThat(json.get("reconstruction").decimalValue().toString()).isEqualTo(row[8]);
    assertThat(json.get("kl").decimalValue().toString()).isEqualTo(row[9]);
    assertThat(json.get("mse").decimalValue().toString()).isEqualTo(row[10]);
    assertThat(json.at("/latent/active_units").asText()).isEqualTo(row[11]);
    assertThat(json.get("binarization").asText()).isEqualTo("grey");
    assertThat(json.at("/nll/estimates")).hasSize(3);
    assertThat(json.at("/nll/estimates/2/samples").asInt()).isEqualTo(20);
    assertThat(json.get("classes")).hasSize(4);
    assertThat(json.at("/latent/dimensions")).hasSize(4);

    assertThat(text.outLines())
        .startsWith("folder, 60 grey test images; nats per image")
        .endsWith("wrote " + run.resolve("evaluation.json"))
        .anyMatch(line -> line.matches("ELBO +-\\d+\\.\\d\\d"))
        .anyMatch(line -> line.matches("draws +NLL \\(grey: cross-entropy, not a likelihood\\)"))
        .anyMatch(line -> line.matches("20 +\\d+\\.\\d\\d ± \\d+\\.\\d\\d"))
        .anyMatch(line -> line.matches("class +images +ELBO +reconstruction +KL +MSE"))
        .anyMatch(line -> line.matches("3 +15 +-\\d+\\.\\d\\d .*"))
        .anyMatch(line -> line.matches("\\d of 4 dimensions carr(y|ies) information.*"))
        .allMatch(line -> line.length() <= 100);
    assertThat(text.errLines())
        .anyMatch(line -> line.matches("20 draws of 60 images in .* s, \\d+ GFLOP/s"));
  }

  @Test
  void itIsTheSameBytesOnAnyThreadsAndAgain() throws IOException {
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");
    assertThat(evaluate(run, "--samples 12 --threads 1 --out " + first).code()).isZero();
    assertThat(evaluate(run, "--samples 12 --threads 3 --out " + second).code()).isZero();
    byte[] bytes = Files.readAllBytes(first);
    assertThat(second).hasBinaryContent(bytes);
    // An earlier evaluation may be replaced.
    assertThat(evaluate(run, "--samples 12 --threads 2 --out " + first).code()).isZero();
    assertThat(first).hasBinaryContent(bytes);
  }

  @Test
  void jsonPrintsWhatTheFileHolds() throws IOException {
    Path file = folder.resolve("json.json");
    Outcome outcome = evaluate(run, "--samples 1 --json --quiet --threads 1 --out " + file);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo(Files.readString(file));
    assertThat(outcome.json().at("/nll/estimates/0/samples").asInt()).isEqualTo(1);
  }

  @Test
  void aModelOutsideARunLeavesNothing() throws IOException {
    Path alone = Files.createDirectories(folder.resolve("alone"));
    Path model = Files.copy(run.resolve("model.safetensors"), alone.resolve("m.safetensors"));
    Outcome outcome = evaluate(model, "--samples 1 --threads 1 --data " + data);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("ELBO").doesNotContain("wrote");
    assertThat(alone.toFile().list()).containsExactly("m.safetensors");
  }
}
