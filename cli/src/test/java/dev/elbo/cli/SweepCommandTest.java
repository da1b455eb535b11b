package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
  @TempDir static Path shared;
  private static Path data;
  private static Path betas;
  private static Outcome first;

  @TempDir Path folder;

  @BeforeAll
  static void sweep() throws IOException {
    data = TinyImages.write(shared.resolve("tiny"));
    betas = shared.resolve("betas");
    first = sweep(betas, "--beta 0.1,8 --nll-samples 20");
  }

  private static Outcome sweep(Path out, String what) {
    String line =
        "sweep --data %s --out %s --epochs 8 --batch-size 15 --lr 0.02 --hidden 8 --latent 2 --threads 1 %s"
            .formatted(data, out, what);
    return Outcome.of((Object[]) line.split(" "));
  }

  @Test
  void everyValueIsAnOrdinaryRun() throws IOException {
    assertThat(first.code()).as(first.err()).isZero();
    List<String> csv = Files.readAllLines(betas.resolve("sweep.csv"));
    assertThat(csv.get(0))
        .isEqualTo(
            "beta,test_reconstruction,test_kl,test_elbo,nll,nll_standard_error,test_mse,active_units");
    assertThat(csv).hasSize(3);
    List<String> names = List.of("0.1", "8");
    double[] kl = new double[2];
    for (int i = 0; i < 2; i++) {
      Path run = betas.resolve("beta-" + names.get(i));
      String[] last = Files.readAllLines(run.resolve("metrics.csv")).get(8).split(",");
      String[] row = csv.get(i + 1).split(",");
      assertThat(row[0]).isEqualTo(names.get(i));
      assertThat(row[1]).isEqualTo(last[8]);
      assertThat(row[2]).isEqualTo(last[9]);
      assertThat(row[6]).isEqualTo(last[10]);
      assertThat(row[7]).isEqualTo(last[11]);
      JsonNode config = Outcome.of("info", run, "--json").json().get("config");
      assertThat(config.get("beta").asText()).isEqualTo(i == 0 ? "0.1" : "8.0");
      // The likelihood is above the bound.
      assertThat(Double.parseDouble(row[4])).isLessThan(-Double.parseDouble(row[3]) + 0.1);
      kl[i] = Double.parseDouble(row[2]);
    }
    // What beta is for.
    assertThat(kl[0]).isGreaterThan(2 * kl[1]);
    assertThat(first.outLines())
        .hasSize(5)
        .contains(
            "nats per image of the test set; folder; -ELBO bounds NLL (grey: cross-entropy, not a likelihood)",
            "wrote " + betas + ": sweep.csv, sweep.png, sweep.svg, a run for each value");
    assertThat(first.outLines().get(0)).matches("beta +reconstruction +KL +ELBO +NLL +MSE +active");
    assertThat(first.outLines().get(2)).matches("8 +[\\d.]+ +[\\d.]+ +-[\\d.]+ +[\\d.]+ ± .*");
  }

  @Test
  void bothPlotsAreThere() throws IOException {
    Assumptions.assumeTrue(Fonts.present(), "this machine has no fonts");
    BufferedImage picture = ImageIO.read(betas.resolve("sweep.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(RateDistortionPlot.WIDTH);
    assertThat(Files.readString(betas.resolve("sweep.svg"))).contains("0 0 1000 720");
  }

  @Test
  void theSameCommandTrainsOnlyWhatIsNotFinished() throws IOException {
    Path out = folder.resolve("latent");
    assertThat(sweep(out, "latent=1 --quiet --latent 2").code()).isEqualTo(2);
    String line = "sweep latent=%s --data %s --out %s --epochs 1 --hidden 8 --threads 1 --json";
    assertThat(Outcome.of((Object[]) line.formatted("1", data, out).split(" ")).code()).isZero();
    byte[] model = Files.readAllBytes(out.resolve("latent-1/model.safetensors"));
    Outcome more = Outcome.of((Object[]) line.formatted("1,3", data, out).split(" "));

    assertThat(more.code()).as(more.err()).isZero();
    assertThat(more.err()).contains(out.resolve("latent-1") + " is finished");
    assertThat(out.resolve("latent-1/model.safetensors")).hasBinaryContent(model);
    assertThat(more.json().get("values")).hasSize(2);
    assertThat(more.json().at("/values/1/value").asText()).isEqualTo("3");
    assertThat(more.json().at("/values/1/nll").isMissingNode()).isTrue();
  }

  @Test
  void sizesOfLayersAreKeptApartBySemicolons() throws IOException {
    Path out = folder.resolve("hidden");
    String line =
        "sweep hidden=8;6,4 --data %s --out %s --epochs 1 --latent 2 --threads 1 --quiet"
            .formatted(data, out);
    assertThat(Outcome.of((Object[]) line.split(" ")).code()).isZero();
    assertThat(Files.readAllLines(out.resolve("sweep.csv")).get(2)).startsWith("\"6,4\",");
    assertThat(out.resolve("hidden-6,4/model.safetensors")).exists();
  }

  @Test
  void figuresThatDoNotCompareAreSaid() {
    Path out = folder.resolve("likelihood");
    String line =
        "sweep --likelihood bernoulli,gaussian --data %s --out %s --epochs 1 --hidden 8 --latent 2 --threads 1"
            .formatted(data, out);
    assertThat(Outcome.of((Object[]) line.split(" ")).out())
        .contains(
            "bounds NLL (grey: cross-entropy, not a likelihood) or (not to be compared) NLL (grey: of a density)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep | sweep: expected several values of one key, such as --beta 0.5,1,2 or"
            + " kl-warmup=0,10, found none; name them",
        "sweep --beta 1 | sweep: expected several values of one key, such as --beta 0.5,1,2 or"
            + " kl-warmup=0,10, found none; name them",
        "sweep --beta 1,2 --lr 0.1,0.2 | sweep: expected several values of one key, found those of"
            + " --lr and of --beta; give one value of all but one",
        "sweep beta=1,2 --beta 3 | beta: expected its values in one place, found beta=1,2 and"
            + " --beta 3; leave one out",
        "sweep beta | sweep: expected KEY=V1,V2, such as --beta 0.5,1,2 or kl-warmup=0,10, found"
            + " beta; write it so",
        "sweep input_size=1,2 | sweep: expected a key that has a flag, found input_size; choose"
            + " another",
        "sweep --beta 1,1.0 | beta: expected values that differ, found 1 twice; leave one out",
        "sweep --beta 1,,2 | beta: expected a number, found \"\" (from --beta); change it there",
        "sweep --beta 1,2 --alpha 1 | alpha and beta: expected one of them, found alpha 1 (--alpha)"
            + " and beta 1 (--beta); leave one out",
        "sweep --beta 1,2 --nll-samples 0 | --nll-samples: expected a whole number from 1 to"
            + " 1000000, found 0; change it"
      })
  void aWrongSweepIsOneSentence(String line, String sentence) {
    Outcome outcome = Outcome.of((Object[]) line.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).containsExactly("elbo: " + sentence);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
    Outcome outcome = Outcome.of("sweep", "bta=1,2");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("elbo: sweep: unknown key \"bta\"; did you mean \"beta\"?"));
  }
}
