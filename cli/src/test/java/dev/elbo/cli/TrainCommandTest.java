package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.kernel.KernelChoice;
import dev.elbo.model.ConfigKey;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir static Path shared;
  private static Path data;
  private static Path run;
  private static Outcome trained;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(shared.resolve("tiny"));
    run = shared.resolve("runs").resolve("run");
    trained = train(run);
  }

  private static Outcome train(Path out, Object... more) {
    Object[] usual = {
      "train",
      "--data",
      data,
      "--out",
      out,
      "--epochs",
      2,
      "--hidden",
      16,
      "--latent",
      4,
      "--batch-size",
      64,
      "--threads",
      1
    };
    return Outcome.of(Stream.concat(Stream.of(usual), Stream.of(more)).toArray());
  }

  @Test
  void aRunDirectoryHoldsAllItsFilesAndNothingElse() throws IOException {
    assertThat(trained.code()).isZero();
    try (Stream<Path> files = Files.walk(run)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> run.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "config.json",
              "environment.json",
              "events.jsonl",
              "metrics.csv",
              "model.safetensors",
              "checkpoint/step-0000000005.safetensors",
              "checkpoint/step-0000000010.safetensors",
              "image/epoch-001.png",
              "image/epoch-002.png",
              "image/samples-001.png",
              "image/samples-002.png",
              "image.png",
              "generated.png",
              "loss.png",
              "loss.svg");
    }
    assertThat(run.resolveSibling("latest").toRealPath()).isEqualTo(run.toRealPath());
  }

  @Test
  void thePicturesShowTheTestSetBesideItselfAndAGridOfDraws() throws IOException {
    BufferedImage epoch = ImageIO.read(run.resolve("image/epoch-002.png").toFile());
    BufferedImage last = ImageIO.read(run.resolve("image.png").toFile());
    BufferedImage draws = ImageIO.read(run.resolve("generated.png").toFile());

    assertThat(last.getWidth()).isEqualTo(epoch.getWidth());
    assertThat(last.getHeight()).isEqualTo(epoch.getHeight());
    for (int y = 0; y < last.getHeight(); y++) {
      for (int x = 0; x < last.getWidth(); x++) {
        assertThat(last.getRGB(x, y)).isEqualTo(epoch.getRGB(x, y));
      }
    }
    assertThat(draws.getWidth()).isEqualTo(draws.getHeight());
    assertThat(last.getWidth()).isGreaterThan(12 * TinyImages.SIDE);
  }

  @Test
  void metricsHaveTheColumnsOfTheDesignAndARowAnEpoch() throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));

    assertThat(lines)
        .hasSize(3)
        .startsWith(
            "epoch,step,seconds,images_per_second,train_loss,train_reconstruction,train_kl,"
                + "test_loss,test_reconstruction,test_kl,test_mse,active_units,validation_loss,"
                + "validation_reconstruction,validation_kl,binarization");
    assertThat(lines.get(1)).startsWith("1,5,");
    assertThat(lines.get(2)).startsWith("2,10,");
    assertThat(lines.get(2).split(",")).hasSize(16).endsWith("grey");
  }

  @Test
  void progressIsPlainLinesWithoutATerminal() {
    assertThat(trained.err()).doesNotContain("\r").doesNotContain("\u001b");
    List<String> lines =
        trained.errLines().stream().filter(line -> !line.startsWith("plain kernels")).toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo("data: folder, 300 + 60 grey images of 8×8 (" + data + ")");
    assertThat(lines.get(1))
        .isEqualTo("model: 64-16-4, relu, bernoulli likelihood; alpha 0.001 = beta 0.064");
    assertThat(lines.get(2)).startsWith("kernels: ").endsWith("; writing " + run);
    assertThat(lines.get(3)).startsWith("epoch 1/2  train loss ").endsWith(" images/s");
    assertThat(lines.get(4)).startsWith("epoch 2/2  train loss ").endsWith(" images/s");
    assertThat(trained.outLines().get(0)).startsWith("test set: reconstruction ");
    assertThat(trained.outLines().get(2)).startsWith("wrote " + run + ": model.safetensors");
  }

  @Test
  void quietSaysNothingOnStandardErrorAndJsonIsTheWholeOfStandardOutput() throws IOException {
    Outcome outcome = train(folder.resolve("run"), "--quiet", "--json");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    JsonNode json = outcome.json();
    String[] last = Files.readAllLines(folder.resolve("run/metrics.csv")).get(2).split(",");
    assertThat(json.get("step").asInt()).isEqualTo(10);
    assertThat(json.get("test_loss").decimalValue().toString()).isEqualTo(last[7]);
    assertThat(json.get("test_mse").decimalValue().toString()).isEqualTo(last[10]);
    assertThat(json.get("test_elbo").asDouble())
        .isEqualTo(-json.get("test_reconstruction").asDouble() - json.get("test_kl").asDouble());
  }

  @Test
  void theStoredConfigurationGivesTheSameModelAgain() throws IOException {
    Path again = folder.resolve("again");

    Outcome outcome =
        Outcome.of(
            "train",
            "--config",
            run.resolve("config.json"),
            "--data",
            data,
            "--out",
            again,
            "--threads",
            2);

    assertThat(outcome.code()).isZero();
    assertThat(again.resolve("config.json")).hasSameBinaryContentAs(run.resolve("config.json"));
    assertThat(again.resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
  }

  @Test
  void whatFlagsSayGoesBeforeTheFileAndTheFileBeforeTheDefaults() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "{\"lr\": 0.01, \"beta\": 2}");

    Outcome outcome = Outcome.of("train", "--config", file, "--lr", "0.02", "--explain");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.outLines().stream().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "lr 0.02 --lr",
            "beta 2 " + file,
            "batch_size 128 default",
            "num_epochs 25 default",
            "binarization grey default")
        .noneMatch(line -> line.startsWith("alpha"));
  }

  @Test
  void explainAsJsonHasEveryValueWithItsSource() throws IOException {
    Outcome outcome =
        Outcome.of("train", "--data", data, "--hidden", "16,8", "--explain", "--json");

    JsonNode json = outcome.json();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(json.get("hidden_size")).hasToString("{\"value\":[16,8],\"source\":\"--hidden\"}");
    assertThat(json.get("lr")).hasToString("{\"value\":0.001,\"source\":\"default\"}");
    assertThat(json.get("dataset")).hasToString("{\"value\":\"folder\",\"source\":\"--data\"}");
    assertThat(json.at("/data/value").asText()).isEqualTo(data.toString());
    assertThat(json.at("/threads/value").isInt()).isTrue();
    assertThat(json.at("/out/value").asText()).isEqualTo("runs/<date-time>");
    assertThat(json.at("/kernels/value").asText())
        .isEqualTo(KernelChoice.chosen().kernels().description());
    assertThat(json)
        .hasSize(ConfigKey.values().length - 1 + 4)
        .allSatisfy(row -> assertThat(row).hasSize(2));
  }

  @Test
  void explainNamesTheDataSetThatIsTakenWithoutBeingAskedFor() throws IOException {
    JsonNode json = Outcome.of("train", "--data", folder, "--explain", "--json").json();

    assertThat(json.get("dataset")).hasToString("{\"value\":\"mnist\",\"source\":\"default\"}");
  }

  @Test
  void foldersWithoutATestPartHoldOneOut() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Files.write(
        own.resolve(TinyImages.TRAIN_IMAGES + ".gz"),
        TinyImages.packed(TinyImages.images(70, 5, 0)));

    Outcome outcome =
        Outcome.of(
            "train",
            "--data",
            own,
            "--out",
            folder.resolve("run"),
            "--epochs",
            1,
            "--hidden",
            "8,4",
            "--latent",
            2,
            "--likelihood",
            "gaussian",
            "--activation",
            "tanh",
            "--beta",
            "0.5");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.errLines())
        .contains(
            "data: folder, 60 + 10 grey images of 5×5 (" + own + ")",
            "model: 25-8,4-2, tanh, gaussian likelihood; alpha 0.04 = beta 0.5 at sigma 1,"
                + " the same as beta 1 at sigma 0.7071");
  }
}
