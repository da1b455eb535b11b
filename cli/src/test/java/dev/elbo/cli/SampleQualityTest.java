package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quality of samples in {@code elbo evaluate}, on a small model of four classes. */
class SampleQualityTest {
  private static final String TRAINING = "training a classifier on the 300 training images of";
  private static final String MEASURING = "measuring the quality of samples …";

  /** Other bars than those of other tests, whose classifier would already be there. */
  private static final int SHADE = 11;

  @TempDir static Path folder;
  private static Path data;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(folder.resolve("tiny"), TinyImages.SIDE, SHADE);
    run = train(data, "run");
  }

  private static Path train(Path images, String name, String... more) {
    Path to = folder.resolve(name);
    String line =
        "train --data %s --out %s --epochs 20 --hidden 16 --latent 4 --lr 0.01 --batch-size 32 --threads 1 %s"
            .formatted(images, to, String.join(" ", more));
    Outcome trained = Outcome.of((Object[]) line.strip().split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
    return to;
  }

  private static Outcome evaluate(Path model, String flags) {
    String line = "evaluate %s --samples 1 --threads 1 %s".formatted(model, flags);
    return Outcome.of((Object[]) line.strip().split(" "));
  }

  /** The classifiers that lie in the cache of this build. */
  private static List<Path> classifiers() throws IOException {
    Path cache = Path.of(System.getenv("XDG_CACHE_HOME"), "elbo", "classifier");
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  @Test
  void eachSamplerAndTheTestImagesHaveARow() throws IOException {
    JsonNode quality = evaluate(run, "--json").json().get("sample_quality");

    assertThat(quality.get("classifier").asText())
        .matches("classifier 64-512-256-4, 500 epochs, seed 0, test accuracy 100\\.00%");
    assertThat(quality.get("samples"))
        .extracting(row -> row.get("name").asText())
        .containsExactly("prior", "mixture", "test images");
    for (JsonNode row : quality.get("samples")) {
      assertThat(row.get("images").asInt()).isEqualTo(60);
      for (String share : List.of("recognised", "class_balance", "precision", "recall")) {
        assertThat(row.get(share).asDouble()).isBetween(0.0, 1.0);
      }
      assertThat(row.get("frechet_distance").asDouble()).isNotNegative();
    }
    JsonNode ceiling = quality.get("samples").get(2);
    assertThat(ceiling.get("recognised").asDouble()).isEqualTo(1);
    assertThat(ceiling.get("class_balance").asDouble()).isEqualTo(1);
  }

  @Test
  void theTableFitsAHundredColumnsAndSaysWhatItsFiguresAre() throws IOException {
    Outcome outcome = evaluate(run, "");

    assertThat(outcome.outLines())
        .anyMatch(line -> line.matches("samples +recognised +class entropy +Fréchet .*"))
        .anyMatch(line -> line.matches("prior +\\d+\\.\\d% +\\d\\.\\d{3} \\(\\d+\\.\\d%\\) .*"))
        .anyMatch(line -> line.matches("mixture .*"))
        .anyMatch(line -> line.matches("test images +100\\.0% .*"))
        .anyMatch(line -> line.startsWith("60 draws of a sampler, seed 0; classifier 64-512-256-4"))
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void theClassifierIsTrainedOnceForTheSameImages() throws IOException {
    evaluate(run, "");
    List<Path> before = classifiers();
    Outcome again = evaluate(train(data, "other", "--seed", "4"), "");

    assertThat(again.errLines()).contains(MEASURING).noneMatch(line -> line.startsWith(TRAINING));
    assertThat(classifiers()).isEqualTo(before);
  }

  @Test
  void aDamagedClassifierIsTrainedAgainToTheSameBytes() throws IOException {
    Path images = TinyImages.write(folder.resolve("again"), TinyImages.SIDE, SHADE + 2);
    Path model = train(images, "again-run");
    List<Path> before = classifiers();
    Outcome first = evaluate(model, "--quiet --json --out " + folder.resolve("1.json"));
    Path file = classifiers().stream().filter(f -> !before.contains(f)).findFirst().orElse(null);
    assertThat(first.code()).isZero();
    if (file == null) { // There from an earlier run of the tests.
      return;
    }
    byte[] kept = Files.readAllBytes(file);
    Files.write(file, new byte[] {1, 2, 3});
    Outcome second = evaluate(model, "--json --out " + folder.resolve("2.json"));

    assertThat(second.errLines())
        .anyMatch(line -> line.startsWith("note: " + file))
        .anyMatch(line -> line.startsWith(TRAINING));
    assertThat(file).hasBinaryContent(kept);
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void itIsLeftOutWhereSomebodySaysSo() throws IOException {
    Outcome outcome = evaluate(run, "--no-quality --json");

    assertThat(outcome.json().has("sample_quality")).isFalse();
    assertThat(outcome.errLines()).doesNotContain(MEASURING);
  }

  @Test
  void otherImagesThanTheModelsCannotJudgeIt() throws IOException {
    Path other = TinyImages.write(folder.resolve("shaded"), TinyImages.SIDE, 20);
    Outcome outcome =
        evaluate(run, "--json --data " + other + " --out " + folder.resolve("o.json"));

    assertThat(outcome.json().has("sample_quality")).isFalse();
    assertThat(outcome.errLines())
        .contains(
            "note: sample quality is left out: it needs the images that the model was trained on");
  }

  @Test
  void imagesWithoutLabelsCannotTeachAClassifier() throws IOException {
    Path blank = TinyImages.write(folder.resolve("blank"), TinyImages.SIDE, SHADE);
    Files.delete(blank.resolve(TinyImages.TRAIN_LABELS));
    Files.delete(blank.resolve(TinyImages.TEST_LABELS));
    Outcome outcome = evaluate(train(blank, "blank-run"), "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().has("sample_quality")).isFalse();
    assertThat(outcome.errLines())
        .contains(
            "note: sample quality: expected labels, which a classifier learns from, found folder without; choose a data set that has them");
  }

  @Test
  void aConditionalModelIsMeasuredOverItsClasses() throws IOException {
    JsonNode quality =
        evaluate(train(data, "conditional", "--conditional"), "--json")
            .json()
            .get("sample_quality");

    assertThat(quality.get("samples")).hasSize(3);
    // Each class is drawn as often as another, give or take what chance does to 60 draws.
    assertThat(quality.get("samples").get(0).get("class_balance").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void aVampPriorIsCalledSo() throws IOException {
    Path vamp = train(data, "vamp", "--prior", "vamp", "--pseudo-inputs", "8");
    JsonNode quality = evaluate(vamp, "--json").json().get("sample_quality");

    assertThat(quality.get("samples"))
        .extracting(row -> row.get("name").asText())
        .containsExactly("vamp", "mixture", "test images");
  }
}
