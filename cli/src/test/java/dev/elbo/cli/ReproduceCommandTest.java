package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.evaluation.NllEstimate;
import dev.elbo.model.PublishedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceCommandTest {
  @TempDir Path folder;

  private static Outcome reproduce(String flags) {
    return Outcome.of((Object[]) ("reproduce " + flags).strip().split(" "));
  }

  @Test
  void theListNamesEveryRowWithItsFigureAndProtocol() throws IOException {
    Outcome text = reproduce("--list");
    assertThat(text.code()).isZero();
    assertThat(text.outLines()).hasSize(PublishedRow.ALL.size() + 1);
    assertThat(text.outLines())
        .anyMatch(
            line ->
                line.matches(
                    "burda-vae-1l-k1 +86\\.76 +5,000 +3,280 +burda-1l +Burda et al\\. 2015.*"));
    JsonNode rows = reproduce("--list --json").json().get("rows");
    assertThat(rows).hasSize(PublishedRow.ALL.size());
    assertThat(rows.get(0).get("theirs").asDouble()).isEqualTo(86.76);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | reproduce: expected a row, found none; elbo reproduce --list names them",
        "burda-vae | row: expected a published row, found burda-vae; elbo reproduce --list",
        "pythae-vae --budget 0 | --budget: expected minutes above 0, found 0.0; change it",
        "pythae-vae --budget NaN | --budget: expected minutes above 0, found NaN; change it",
        "pythae-vae --passes 0 | --passes: expected at least 1, found 0; change it",
        "pythae-vae --passes 3 --budget 1 | --passes and --budget: expected one of them, found both",
        "pythae-vae --results no/such/x.md | no/such: expected a folder to write to, found nothing"
      })
  void badInputIsOneSentence(String flags, String message) {
    Outcome outcome = reproduce(flags);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.errLines()).hasSize(1);
  }

  @Test
  void aRowTakesThePlaceOfAnEarlierOneOfItsNameAndPasses() throws IOException {
    Path file = folder.resolve("results.md");
    Files.writeString(file, "# Results\n\ntext\n");
    ReproductionTable table = new ReproductionTable(file);
    PublishedRow row = PublishedRow.of("pythae-vae");
    table.add(new Reproduction(row, new NllEstimate(200, 90.5, 0.3), 500, 21));
    table.add(new Reproduction(row, new NllEstimate(200, 95.5, 0.3), 5, 1));
    table.add(new Reproduction(row, new NllEstimate(200, 89.7, 0.2), 500, 20.4));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "# Results",
            "",
            "text",
            "",
            "| row | theirs | ours | difference | standard error | passes | minutes | command |",
            "|---|---|---|---|---|---|---|---|",
            "| pythae-vae | 89.78 | 95.50 | +5.72 | 0.30 | 5 of 500 | 1 | `./elbo reproduce pythae-vae --passes 5` |",
            "| pythae-vae | 89.78 | 89.70 | -0.08 | 0.20 | 500 | 20 | `./elbo reproduce pythae-vae` |");
  }

  /** The real protocol, a 500th of it. */
  @Tag("slow")
  @Test
  void aRowIsTrainedMeasuredAndWrittenDown() throws IOException {
    assumeTrue(System.getenv("ELBO_DATA") != null, "ELBO_DATA names no folder of data sets");
    Path run = folder.resolve("run");
    Path table = folder.resolve("table.md");
    String line = "pythae-vae --passes 1 --out %s --results %s --quiet".formatted(run, table);
    Outcome first = reproduce(line + " --json");
    assertThat(first.code()).as(first.err()).isZero();
    JsonNode json = first.json();
    assertThat(json.get("ours").asDouble()).isBetween(110.0, 260.0);
    assertThat(json.get("difference").asDouble())
        .isCloseTo(
            json.get("ours").asDouble() - 89.78, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(json.get("passes").asInt()).isEqualTo(1);
    assertThat(Files.readString(run.resolve("reproduction.json"))).isEqualTo(first.out());
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(3);
    // Finished, it is measured again to the same figures, and takes its own place in the table.
    Outcome again = reproduce(line + " --json");
    assertThat(again.json().get("ours")).isEqualTo(json.get("ours"));
    assertThat(Files.readAllLines(table)).hasSize(3);
    Outcome other = reproduce("pythae-vae --passes 2 --quiet --out " + run);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("expected num_epochs 2, found a run with 1");
  }
}
