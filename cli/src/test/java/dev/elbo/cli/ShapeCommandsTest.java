package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on models of every shape. */
class ShapeCommandsTest {
  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(shared.resolve("tiny"));
    train("conditional", "--conditional", "--hidden", 16, "--latent", 4);
    train("vamp", "--prior", "vamp", "--pseudo-inputs", 9, "--hidden", 16, "--latent", 4);
    train("layers", "--hidden", "16/8", "--latent", "4,2", "--activation", "gated");
  }

  private static void train(String name, Object... flags) {
    List<Object> all = new ArrayList<>(List.of("train", "--data", data, "--epochs", 3));
    all.addAll(List.of("--lr", "0.01", "--batch-size", 32, "--threads", 1, "--out", run(name)));
    all.addAll(Arrays.asList(flags));
    Outcome trained = Outcome.of(all.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  private static Path run(String name) {
    return shared.resolve(name);
  }

  private BufferedImage picture(Object... arguments) throws IOException {
    Path file = folder.resolve("picture.png");
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--out", file));
    Outcome outcome = Outcome.of(all.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ImageIO.read(file.toFile());
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conditional", "vamp", "layers"})
  void everyCommandWorks(String name) throws IOException {
    assertThat(pixels(picture("reconstruct", run(name))))
        .isEqualTo(pixels(ImageIO.read(run(name).resolve("image.png").toFile())));
    assertThat(pixels(picture("generate", run(name))))
        .isEqualTo(pixels(ImageIO.read(run(name).resolve("generated.png").toFile())));
    assertThat(pixels(picture("generate", run(name), "--temperature", "0.3")))
        .isNotEqualTo(pixels(picture("generate", run(name))));
    picture("interpolate", run(name), "--rows", 2);
    picture("traverse", run(name), "--rows", 2);
    picture("generate", run(name), "--sampler", "mixture");
    assertThat(Files.exists(run(name).resolve("mixture.safetensors"))).isTrue();
    Outcome info = Outcome.of("info", run(name));
    assertThat(info.code()).as(info.err()).isZero();
    Outcome resumed = Outcome.of("resume", run(name));
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  @Test
  void aConditionalModelGivesARowAClass() throws IOException {
    BufferedImage grid = picture("generate", run("conditional"), "--columns", 3);
    BufferedImage one =
        picture("generate", run("conditional"), "--columns", 3, "-n", 3, "--label", 2);
    int cell = (grid.getHeight() - one.getHeight()) / 3;
    int[] row = grid.getRGB(0, 2 * cell, grid.getWidth(), cell, null, 0, grid.getWidth());
    int[] alone = one.getRGB(0, 0, one.getWidth(), cell, null, 0, one.getWidth());
    assertThat(row).isEqualTo(alone);
    BufferedImage mixed = picture("generate", run("conditional"), "--columns", 3, "-n", 12);
    assertThat(pixels(mixed)).hasSameSizeAs(pixels(grid)).isNotEqualTo(pixels(grid));
  }

  @Test
  void theSamplerOfAVampPriorIsItsPrior() throws IOException {
    assertThat(pixels(picture("generate", run("vamp"), "--sampler", "vamp")))
        .isEqualTo(pixels(picture("generate", run("vamp"))));
  }

  @Test
  void aKlThatIsSampledIsCalledSo() {
    assertThat(Outcome.of("reconstruct", run("vamp"), "--out", folder.resolve("a.png")).out())
        .contains(" + sampled KL ");
    assertThat(
            Outcome.of("reconstruct", run("conditional"), "--out", folder.resolve("a.png")).out())
        .contains(" + KL ");
  }

  @Test
  void trainingGoesOnFromEveryShape() {
    train("from-layers", "--from", run("layers"));
    train("from-conditional", "--from", run("conditional"), "--likelihood", "bernoulli");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate conditional --label 4|--label: expected a class from 0 to 3, found 4; change it",
        "generate layers --sampler vamp|--sampler: expected prior or mixture for a model with the"
            + " prior normal, found vamp; change it",
        "reconstruct conditional --image x.png|--image: expected a model that needs no class of an"
            + " image, found a conditional one; leave --image out, or name another model",
        "train --from conditional --conditional false|conditional: expected true as %s has, found"
            + " false; leave it out with --from"
      })
  void whatAShapeCannotDoIsRefusedInOneSentence(String command, String message) {
    String conditional = run("conditional").toString();
    Object[] words =
        Arrays.stream(command.split(" "))
            .map(word -> List.of("conditional", "layers").contains(word) ? run(word) : word)
            .toArray();
    Outcome outcome = Outcome.of(words);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).last().isEqualTo("elbo: " + message.formatted(conditional));
  }

  @Test
  void dataWithoutLabelsMakesNoConditionalModel() throws IOException {
    Path bare = TinyImages.write(folder.resolve("bare"));
    Files.delete(bare.resolve(TinyImages.TRAIN_LABELS));
    Files.delete(bare.resolve(TinyImages.TEST_LABELS));
    Outcome trained =
        Outcome.of("train", "--conditional", "--data", bare, "--out", folder.resolve("run"));
    assertThat(trained.code()).isEqualTo(2);
    assertThat(trained.errLines())
        .last()
        .isEqualTo(
            "elbo: conditional: expected data with labels, found folder without; leave"
                + " --conditional out");
    Outcome reconstructed = Outcome.of("reconstruct", run("conditional"), "--data", bare);
    assertThat(reconstructed.code()).isEqualTo(2);
    assertThat(reconstructed.errLines())
        .last()
        .asString()
        .contains(": expected labels from 0 to 3 as ", " was trained on, found none; give other");
  }
}
