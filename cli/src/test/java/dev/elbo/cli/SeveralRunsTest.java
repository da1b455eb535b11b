package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds, comparisons, presets, a start from a model. */
class SeveralRunsTest {
  @TempDir static Path shared;
  private static Path data;
  private static Path runs;
  private static Outcome seeds;

  @TempDir Path folder;

  @BeforeAll
  static void trainThreeSeeds() throws IOException {
    data = TinyImages.write(shared.resolve("tiny"));
    runs = shared.resolve("runs");
    seeds = train(runs.resolve("three"), "--seeds 3 --seed 4 --ema 0.9");
  }

  private static Outcome train(Path out, String flags) {
    String line =
        "train --data %s --out %s --epochs 2 --hidden 8 --latent 2 --threads 1 %s"
            .formatted(data, out, flags);
    return Outcome.of((Object[]) line.strip().split(" "));
  }

  @Test
  void seedsAreOrdinaryRunsWithAMeanAndADeviation() throws IOException {
    assertThat(seeds.code()).as(seeds.err()).isZero();
    List<String> lines = Files.readAllLines(runs.resolve("three/seeds.csv"));
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0))
        .isEqualTo("seed,test_loss,test_reconstruction,test_kl,test_elbo,test_mse,active_units");
    double[] losses = new double[3];
    for (int i = 0; i < 3; i++) {
      Path run = runs.resolve("three/seed-" + (4 + i));
      String[] last = Files.readAllLines(run.resolve("metrics.csv")).get(2).split(",");
      assertThat(lines.get(1 + i)).startsWith((4 + i) + "," + last[7] + ",");
      assertThat(run.resolve("model.safetensors")).exists();
      losses[i] = Double.parseDouble(last[7]);
    }
    double mean = (losses[0] + losses[1] + losses[2]) / 3;
    double squares = 0;
    for (double loss : losses) {
      squares += (loss - mean) * (loss - mean);
    }
    double rounding = 1e-12;
    assertThat(Double.parseDouble(lines.get(4).split(",")[1])).isCloseTo(mean, within(rounding));
    assertThat(Double.parseDouble(lines.get(5).split(",")[1]))
        .isCloseTo(Math.sqrt(squares / 2), within(rounding));
    assertThat(lines.get(4)).startsWith("mean,");
    assertThat(lines.get(5)).startsWith("sd,");
    assertThat(seeds.out()).contains("mean ± sd").contains("3 seeds of folder, grey pixels; wrote");
  }

  @Test
  void theSameCommandKeepsWhatIsFinishedAndDoesTheRest() throws IOException {
    Path out = folder.resolve("two");
    assertThat(train(out, "--seeds 1 --quiet").code()).isZero();
    byte[] first = Files.readAllBytes(out.resolve("seed-0/model.safetensors"));
    Outcome more = train(out, "--seeds 2 --json");
    assertThat(more.code()).isZero();
    assertThat(more.err()).contains(out.resolve("seed-0") + " is finished");
    assertThat(out.resolve("seed-0/model.safetensors")).hasBinaryContent(first);
    JsonNode json = more.json();
    assertThat(json.get("seeds")).hasSize(2);
    assertThat(json.at("/test_mse/mean").asDouble()).isPositive();

    Outcome other = train(out, "--seeds 2 --lr 0.1");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains(
            out.resolve("seed-0")
                + ": expected lr 0.1, found a run with 0.001; choose another --out");
  }

  @Test
  void runsAreComparedByTheirFiguresAndByWhatTheyChanged() throws IOException {
    Outcome text = Outcome.of("runs", runs);
    Outcome json = Outcome.of("runs", runs, "--json");

    assertThat(text.code()).isZero();
    assertThat(text.outLines()).hasSize(4);
    assertThat(text.outLines().get(1))
        .matches(
            "three/seed-4  2/2     folder grey +\\d+\\.\\d\\d  .*"
                + "hidden_size 8, latent_size 2, seed 4, ema 0\\.9");
    JsonNode first = json.json().at("/runs/0");
    String[] last = Files.readAllLines(runs.resolve("three/seed-4/metrics.csv")).get(2).split(",");
    assertThat(first.get("finished").asBoolean()).isTrue();
    assertThat(first.get("test_loss").decimalValue().toString()).isEqualTo(last[7]);
    assertThat(first.at("/config/ema").asText()).isEqualTo("0.9");
  }

  @Test
  void aFolderWithoutRunsIsAnEmptyTableAndNoFolderIsAnError() {
    assertThat(Outcome.of("runs", folder).outLines()).hasSize(1);
    Outcome none = Outcome.of("runs", folder.resolve("none"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains("none: expected a folder of runs, found nothing; elbo train makes one");
  }

  @Test
  void trainingFromAModelTakesItsShapeAndItsWeights() throws IOException {
    Path from = runs.resolve("three/seed-4");
    Path out = folder.resolve("run");
    String line =
        "train --data %s --out %s --from %s --lr 1e-30 --epochs 1 --threads 1"
            .formatted(data, out, from);
    Outcome outcome = Outcome.of((Object[]) line.split(" "));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode before = Outcome.of("info", from, "--json").json();
    JsonNode after = Outcome.of("info", out, "--json").json();
    // At a rate of nearly nothing the model stays what it was.
    assertThat(after.at("/figures/test_mse")).isEqualTo(before.at("/figures/test_mse"));
    assertThat(after.at("/config/hidden_size").asInt()).isEqualTo(8);
    assertThat(after.at("/config/from_sha256").asText()).matches("[0-9a-f]{64}");

    Outcome other = Outcome.of("train", "--data", data, "--from", from, "--latent", 3);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("latent_size: expected 2 as " + from + " has, found 3; leave it out with --from");
  }

  @Test
  void validationImagesAreSaidAndTheirBestEpochReported() {
    Outcome outcome =
        train(folder.resolve("run"), "--binarization dynamic --validation 60 --patience 1");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.errLines())
        .contains(
            "data: folder, 240 + 60 (validation) + 60 dynamic images of 8×8 (" + data + ")",
            "with: validation 60, patience 1")
        .anyMatch(line -> line.contains(" active, dynamic  validation loss "));
    assertThat(outcome.outLines().get(0))
        .matches("epoch \\d was the best on the validation images, with a loss of \\d+\\.\\d\\d");
    assertThat(outcome.out()).contains("a bound on the NLL (dynamic);");
  }

  @Test
  void presetsAreOrdinaryConfigurations() throws IOException {
    Outcome list = Outcome.of("presets");
    assertThat(list.outLines()).hasSize(Preset.ALL.size());
    for (Preset preset : Preset.ALL) {
      assertThat(list.out()).contains(preset.name());
      String json = Outcome.of("presets", preset.name()).out();
      assertThat(ConfigJson.parse(json, preset.name())).isNotEqualTo(Config.DEFAULT);
    }
    JsonNode explained =
        Outcome.of("train", "--preset", "burda-1l", "--lr", "0.5", "--explain", "--json").json();
    assertThat(explained.get("latent_size"))
        .hasToString("{\"value\":50,\"source\":\"preset burda-1l\"}");
    assertThat(explained.get("lr")).hasToString("{\"value\":0.5,\"source\":\"--lr\"}");
    assertThat(explained.get("ema")).hasToString("{\"value\":0,\"source\":\"default\"}");
    assertThat(explained.at("/lr_schedule/value").asText()).isEqualTo("burda");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --preset burda | preset: expected one of burda-1l, burda-2l, vamp, pythae, best-mlp, found burda; did you mean"
            + " burda-1l?",
        "presets phytae | preset: expected one of burda-1l, burda-2l, vamp, pythae, best-mlp, found phytae; did you mean"
            + " pythae?",
        "train --preset zzzzzz | preset: expected one of burda-1l, burda-2l, vamp, pythae, best-mlp, found zzzzzz; elbo"
            + " presets describes them",
        "train --seeds 0 | --seeds: expected a whole number from 1 to 1000, found 0; change it",
        "train --binarization dynamc | binarization: expected one of grey, dynamic, static,"
            + " threshold, found \"dynamc\" (from --binarization); did you mean dynamic?",
        "train --ema 1 | ema: expected a number from 0 to below 1, found 1.0; 0 is the default",
        "train --patience 3 | patience: expected 0 without validation images, found 3; add"
            + " --validation N",
        "train --weight-decay 0.1 | weight_decay: expected 0 with adam, found 0.1; add --optimizer"
            + " adamw",
        "train --lr-schedule steps | lr_steps: expected epochs such as 200,350 for the schedule"
            + " steps, found none; add --lr-steps",
        "train --lr-steps 3 | lr_steps: expected none with the schedule constant, found 3; add"
            + " --lr-schedule steps",
        "train --lr-schedule steps --lr-steps 5,3 | lr_steps: expected ascending epochs, found 5,3;"
            + " sort them"
      })
  void aWrongValueIsOneSentence(String line, String sentence) {
    List<Object> words = new ArrayList<>(List.of((Object[]) line.split(" ")));
    Outcome outcome = Outcome.of(words.toArray());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).containsExactly("elbo: " + sentence);
    assertThat(outcome.out()).isEmpty();
  }
}
