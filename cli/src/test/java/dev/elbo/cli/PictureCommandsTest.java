package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.model.ConfigJson;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconstruct, generate, interpolate and traverse with one small model of 8×8 images. */
class PictureCommandsTest {
  private static final int SIDE = TinyImages.SIDE;

  @TempDir static Path shared;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    Path data = TinyImages.write(shared.resolve("tiny"));
    run = shared.resolve("run");
    Outcome trained =
        Outcome.of(
            "train",
            "--data",
            data,
            "--out",
            run,
            "--epochs",
            3,
            "--hidden",
            16,
            "--latent",
            4,
            "--lr",
            "0.01",
            "--batch-size",
            32,
            "--threads",
            1);
    assertThat(trained.code()).isZero();
  }

  /** Runs a command on the model and returns the picture that it wrote. */
  private BufferedImage picture(Object... arguments) throws IOException {
    Path file = folder.resolve("picture.png");
    Outcome outcome =
        Outcome.of(Stream.concat(Stream.of(arguments), Stream.of("--out", file)).toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.outLines()).last().isEqualTo("wrote " + file);
    assertThat(outcome.errLines()).first().isEqualTo("model: " + run.resolve("model.safetensors"));
    return ImageIO.read(file.toFile());
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  @Test
  void reconstructMeasuresTheTestSetAsTrainingDid() throws IOException {
    Path file = folder.resolve("image.png");

    Outcome outcome = Outcome.of("reconstruct", run, "--out", file, "--json", "--threads", 1);

    JsonNode json = outcome.json();
    String[] row = Files.readAllLines(run.resolve("metrics.csv")).get(3).split(",");
    assertThat(json.get("images").asInt()).isEqualTo(TinyImages.TEST);
    assertThat(json.get("reconstruction").decimalValue().toString()).isEqualTo(row[8]);
    assertThat(json.get("kl").decimalValue().toString()).isEqualTo(row[9]);
    assertThat(json.get("mse").decimalValue().toString()).isEqualTo(row[10]);
    assertThat(pixels(ImageIO.read(file.toFile())))
        .isEqualTo(pixels(ImageIO.read(run.resolve("image.png").toFile())));
  }

  @Test
  void reconstructTakesTheUsersOwnImages() throws IOException {
    Path first = folder.resolve("first.png");
    Path second = folder.resolve("second.png");
    for (Path file : new Path[] {first, second}) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, 1, 0xffffff);
      }
      ImageIO.write(image, "png", file.toFile());
    }

    Outcome outcome =
        Outcome.of(
            "reconstruct",
            "--image",
            first,
            "--image",
            second,
            run,
            "--out",
            folder.resolve("p.png"),
            "--scale",
            1,
            "--threads",
            1);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("2 grey images: MSE 0.");
    assertThat(ImageIO.read(folder.resolve("p.png").toFile()).getHeight()).isEqualTo(2 * SIDE);
  }

  @Test
  void theSeedDecidesTheDraws() throws IOException {
    int[] first = pixels(picture("generate", run, "-n", 12, "--seed", 5));

    assertThat(pixels(picture("generate", run, "-n", 12, "--seed", 5))).isEqualTo(first);
    assertThat(pixels(picture("generate", run, "-n", 12, "--seed", 6))).isNotEqualTo(first);
  }

  @Test
  void columnsAndScaleDecideTheSizeOfTheGrid() throws IOException {
    BufferedImage one = picture("generate", run, "-n", 1, "--scale", 1);
    BufferedImage four = picture("generate", run, "-n", 12, "--columns", 4, "--scale", 1);
    BufferedImage twice = picture("generate", run, "-n", 12, "--columns", 4, "--scale", 2);

    int gap = one.getWidth() - SIDE;
    assertThat(four.getWidth()).isBetween(4 * SIDE, 4 * (SIDE + gap));
    assertThat(four.getHeight()).isBetween(3 * SIDE, 3 * (SIDE + gap));
    assertThat(twice.getWidth()).isBetween(8 * SIDE, 2 * four.getWidth());
  }

  @Test
  void interpolateDrawsAStripFromOriginalToOriginal() throws IOException {
    BufferedImage strips = picture("interpolate", run, "--rows", 3, "--steps", 5, "--scale", 1);
    BufferedImage strip =
        picture("interpolate", run, "--from", 0, "--to", 9, "--steps", 5, "--scale", 1);

    assertThat(strips.getWidth()).isEqualTo(strip.getWidth()).isGreaterThan(7 * SIDE);
    assertThat(strips.getHeight()).isGreaterThan(3 * SIDE);
    assertThat(strip.getHeight()).isLessThan(2 * SIDE);
    int margin = (strip.getHeight() - SIDE) / 2;
    BufferedImage original = strip.getSubimage(margin, margin, SIDE, SIDE);
    assertThat(Arrays.stream(pixels(original)).filter(pixel -> pixel == 0xff000000).count())
        .as("the first test image is a bar of 2 rows")
        .isEqualTo(SIDE * (SIDE - 2));
  }

  @Test
  void traverseShowsTheMostActiveDimensionsFirst() throws IOException {
    Path file = folder.resolve("t.png");

    Outcome outcome = Outcome.of("traverse", run, "--rows", 3, "--out", file, "--json");

    JsonNode rows = outcome.json().get("rows");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("kl").asDouble())
        .isGreaterThanOrEqualTo(rows.get(1).get("kl").asDouble());
    assertThat(rows.get(1).get("kl").asDouble())
        .isGreaterThanOrEqualTo(rows.get(2).get("kl").asDouble());
    assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(11 * SIDE);
  }

  @Test
  void quietLeavesTheModelUnsaid() {
    Outcome outcome =
        Outcome.of("generate", run, "--out", folder.resolve("p.png"), "--quiet", "--json");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("\"images\" : 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pen", "mnist", "fashion-mnist", "folder"})
  void aFolderOfImagesIsTakenWhateverTheModelWasTrainedOn(String dataset) throws IOException {
    Path images = TinyImages.write(folder.resolve("images"), SIDE, 20);
    Path larger = TinyImages.write(folder.resolve("larger"), SIDE + 1, 0);
    TensorFile trained = SafeTensors.read(run.resolve("model.safetensors"));
    ModelFile model = ModelFile.of(trained, "model");
    SortedMap<String, String> metadata = new TreeMap<>(trained.metadata());
    metadata.put("config", ConfigJson.write(model.config().withDataset(dataset)));
    Path file = folder.resolve("model.safetensors");
    Files.write(file, SafeTensors.encode(new TensorFile(metadata, trained.tensors())));

    for (String command : List.of("reconstruct", "interpolate", "traverse")) {
      Outcome taken = Outcome.of(command, file, "--data", images, "--out", folder.resolve("p.png"));
      Outcome refused =
          Outcome.of(command, file, "--data", larger, "--out", folder.resolve("p.png"));

      assertThat(taken.code()).as(taken.err()).isZero();
      assertThat(taken.errLines())
          .contains("note: these are not the images that the model was trained on");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err())
          .contains("expected images of 8×8 pixels as " + file + " was trained on, found 9×9");
    }
  }

  @Test
  void aModelOfOtherDataOfTheSameSizeIsNoted() throws IOException {
    Path other = TinyImages.write(folder.resolve("other"), SIDE, 20);

    Outcome outcome =
        Outcome.of(
            "reconstruct", run, "--data", other, "--out", folder.resolve("p.png"), "--threads", 1);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.errLines())
        .contains("note: these are not the images that the model was trained on");
  }
}
