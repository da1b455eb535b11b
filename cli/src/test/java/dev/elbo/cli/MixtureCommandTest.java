package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code elbo generate --sampler}, on a small model of four classes. */
class MixtureCommandTest {
  private static final String FITTING = "fitting a mixture to the codes of the training images …";

  @TempDir Path folder;
  private Path data;
  private Path run;
  private Path picture;

  @BeforeEach
  void train() throws IOException {
    data = TinyImages.write(folder.resolve("tiny"));
    run = folder.resolve("run");
    picture = folder.resolve("p.png");
    train(3);
  }

  private void train(int epochs) {
    Outcome trained =
        Outcome.of(
            "train",
            "--data",
            data,
            "--out",
            run,
            "--epochs",
            epochs,
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
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  private Outcome draw(Object... flags) {
    boolean isNamed = Arrays.asList(flags).contains("--sampler");
    Object[] all = new Object[flags.length + (isNamed ? 6 : 8)];
    Object[] first =
        isNamed
            ? new Object[] {"generate", run, "--out", picture, "--threads", 1}
            : new Object[] {
              "generate", run, "--sampler", "mixture", "--out", picture, "--threads", 1
            };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(flags, 0, all, first.length, flags.length);
    return Outcome.of(all);
  }

  @Test
  void theMixtureIsFittedAtFirstUseAndKeptInTheRun() throws IOException {
    Outcome first = draw("--json");
    byte[] kept = Files.readAllBytes(run.resolve("mixture.safetensors"));
    byte[] image = Files.readAllBytes(picture);
    Outcome second = draw("--json");

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.errLines()).contains(FITTING);
    assertThat(second.errLines()).doesNotContain(FITTING);
    assertThat(second.json().get("sampler").asText()).isEqualTo("mixture");
    assertThat(Files.readAllBytes(run.resolve("mixture.safetensors"))).isEqualTo(kept);
    assertThat(Files.readAllBytes(picture)).isEqualTo(image);
    Files.delete(run.resolve("mixture.safetensors"));
    Outcome third =
        Outcome.of("generate", run, "--sampler", "mixture", "--out", picture, "--threads", 3);
    assertThat(third.code()).as(third.err()).isZero();
    assertThat(Files.readAllBytes(run.resolve("mixture.safetensors"))).isEqualTo(kept);
  }

  @Test
  void aDamagedMixtureOrThatOfAnotherModelIsFittedAgain() throws IOException {
    assertThat(draw().code()).isZero();
    Path file = run.resolve("mixture.safetensors");
    byte[] kept = Files.readAllBytes(file);
    byte[] damaged = kept.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);

    Outcome again = draw();

    assertThat(again.errLines()).contains(FITTING);
    assertThat(again.err()).contains("it is fitted again");
    assertThat(Files.readAllBytes(file)).isEqualTo(kept);

    Files.move(run, folder.resolve("other"));
    train(2);
    Files.copy(
        folder.resolve("other").resolve("mixture.safetensors"),
        file,
        StandardCopyOption.REPLACE_EXISTING);
    Outcome other = draw();
    assertThat(other.errLines())
        .contains("note: " + file + " belongs to another model and is fitted again", FITTING);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(kept);
  }

  @Test
  void labelsAndTemperaturesChangeTheDraws() throws IOException {
    assertThat(draw("--label", 2).code()).isZero();
    byte[] two = Files.readAllBytes(picture);
    assertThat(draw("--label", 1).code()).isZero();
    assertThat(Files.readAllBytes(picture)).isNotEqualTo(two);
    assertThat(draw("--label", 2, "--temperature", "0.3").code()).isZero();
    assertThat(Files.readAllBytes(picture)).isNotEqualTo(two);
  }

  @Test
  void severalSamplersStandSideBySide() throws IOException {
    assertThat(draw("--sampler", "prior").code()).isZero();
    BufferedImage prior = ImageIO.read(picture.toFile());
    assertThat(draw().code()).isZero();
    BufferedImage mixture = ImageIO.read(picture.toFile());
    Outcome both = draw("--sampler", "prior,mixture", "--json");
    BufferedImage beside = ImageIO.read(picture.toFile());

    assertThat(both.json().get("sampler").asText()).isEqualTo("prior,mixture");
    int right = beside.getWidth() - mixture.getWidth();
    assertThat(right).isGreaterThan(prior.getWidth());
    for (int y = 0; y < beside.getHeight(); y++) {
      for (int x = 0; x < prior.getWidth(); x++) {
        assertThat(beside.getRGB(x, y)).isEqualTo(prior.getRGB(x, y));
        assertThat(beside.getRGB(right + x, y)).isEqualTo(mixture.getRGB(x, y));
      }
    }
  }

  @Test
  void aLabelThatIsNoClassIsRefused() {
    Outcome outcome = draw("--label", 9);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines())
        .last()
        .asString()
        .endsWith("--label: expected one of 0, 1, 2, 3, found 9; change it");
  }

  @Test
  void otherImagesThanTheModelsAreRefused() throws IOException {
    Path other = TinyImages.write(folder.resolve("other"), TinyImages.SIDE, 20);
    Outcome outcome = draw("--data", other);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("mixture: expected the images that " + run.resolve("model.safetensors"))
        .contains("give their folder with --data, or use --sampler prior");
  }

  @Test
  void imagesThatAreGoneAreMissedInOneLine() throws IOException {
    Files.move(data, folder.resolve("gone"));
    Outcome outcome = draw();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).last().asString().contains("--data");
  }

  @Test
  void thePretrainedModelBringsItsOwn() {
    Outcome outcome =
        Outcome.of("generate", "--sampler", "mixture", "--label", 3, "--out", picture);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.errLines()).doesNotContain(FITTING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sampler|mixtur|--sampler: expected prior, mixture or vamp, found \"mixtur\"; did you mean mixture?",
        "--sampler|flow|--sampler: expected prior, mixture or vamp, found \"flow\"; change it",
        "--temperature|-1|--temperature: expected a number from 0 to 10, found -1.0; 1 is the default",
        "--temperature|NaN|--temperature: expected a number from 0 to 10, found NaN; 1 is the default",
        "--label|3|--label: expected a conditional model, or a sampler that knows classes, found prior; add --sampler mixture",
      })
  void wrongFlagsAreRefusedInOneSentence(String flag, String value, String message) {
    Outcome outcome = Outcome.of("generate", flag, value, "--out", picture);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).last().isEqualTo("elbo: " + message);
  }
}
