package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.Images;
import dev.elbo.data.PenDigits;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default configuration on digits that the program makes itself: no file, no network. */
@Tag("slow")
class PenDigitsEndToEndTest {
  @TempDir Path folder;

  @Test
  void oneEpochOfPenDigitsLearnsDigitsThatEveryCommandCanShow() throws IOException {
    Path run = folder.resolve("run");

    JsonNode trained =
        Outcome.of("train", "--dataset", "pen", "--epochs", 1, "--out", run, "--quiet", "--json")
            .json();

    assertThat(trained.get("test_mse").asDouble())
        .isLessThan(errorOfTheMeanImage(PenDigits.dataSet(0).test()) / 2);
    assertThat(trained.get("active_units").asInt()).isGreaterThan(4);
    for (String command : new String[] {"reconstruct", "generate", "interpolate", "traverse"}) {
      Path picture = folder.resolve(command + ".png");
      Outcome outcome = Outcome.of(command, run, "--out", picture, "--quiet");
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(200);
    }
    assertThat(Outcome.of("data", "pen").out())
        .contains("train 60,000 images of 28×28", "test  10,000 images of 28×28");
    JsonNode measured =
        Outcome.of("reconstruct", run, "--out", folder.resolve("p.png"), "--json").json();
    assertThat(measured.get("mse")).isEqualTo(trained.get("test_mse"));
  }

  /** What showing the mean image for each would give. */
  private static double errorOfTheMeanImage(Images images) {
    double error = 0;
    for (int pixel = 0; pixel < images.size(); pixel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < images.count(); i++) {
        double x = (images.pixels()[i * images.size() + pixel] & 0xff) / 255.0;
        sum += x;
        squares += x * x;
      }
      double mean = sum / images.count();
      error += squares / images.count() - mean * mean;
    }
    return error / images.size();
  }
}
