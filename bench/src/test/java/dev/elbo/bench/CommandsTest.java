package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command with tiny numbers: the figures mean nothing, but they are there. */
class CommandsTest {
  private record Outcome(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new JsonMapper().readTree(out);
    }
  }

  private static Outcome run(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
      int code = command.execute(arguments);
      return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

  private static void assertPlausible(Outcome outcome, int rows, String... keys)
      throws IOException {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode json = outcome.json();
    assertThat(json.path("machine").path("processor").asText()).isNotEmpty();
    assertThat(json.path("rows")).hasSizeGreaterThanOrEqualTo(rows);
    List<Double> figures = new ArrayList<>();
    for (JsonNode row : json.path("rows")) {
      for (String key : keys) {
        assertThat(row.has(key)).as(key).isTrue();
        if (!row.path(key).isNull()) {
          figures.add(row.path(key).asDouble());
        }
      }
    }
    assertThat(figures).isNotEmpty().allMatch(x -> x > 0 && Double.isFinite(x));
  }

  @Test
  void stepGivesAPlausibleTable() throws IOException {
    Outcome outcome =
        run("step", "--rounds", "1", "--steps", "2", "--warm-up", "1", "--threads", "1", "--json");

    assertPlausible(outcome, 1, "ms", "images_per_second", "gflops", "percent_of_peak");
    assertThat(outcome.json().path("figures").path("peak_gflops_1").asDouble()).isPositive();
  }

  @Test
  void aGuardThatCannotHoldEndsWithOne() {
    assumeFalse(Peers.torchSettings(1).isEmpty(), "libtorch has no natives for this platform here");
    Outcome outcome =
        run(
            "step",
            "--rounds",
            "1",
            "--steps",
            "1",
            "--warm-up",
            "1",
            "--threads",
            "1",
            "--guard",
            "0.000001");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("the guard does not hold: expected at most 0.000 of libtorch's time, found ");
  }

  @Test
  void gemmGivesAPlausibleTable() throws IOException {
    Outcome outcome =
        run(
            "gemm",
            "--rounds",
            "1",
            "--lap",
            "1",
            "--warm-up",
            "1",
            "--cubes",
            "32",
            "--threads",
            "1",
            "--json");

    assertPlausible(outcome, 9, "elbo_us", "gflops", "percent_of_peak", "libtorch_us");
  }

  @Test
  void scaleGivesAPlausibleTableAndPlots(@TempDir Path folder) throws IOException {
    Outcome outcome =
        run(
            "scale",
            "--rounds",
            "1",
            "--lap",
            "1",
            "--warm-up",
            "1",
            "--hidden",
            "16,32",
            "--latent",
            "4",
            "--batch",
            "16",
            "--depth",
            "2",
            "--threads",
            "1",
            "--plot",
            folder.toString(),
            "--json");

    assertPlausible(outcome, 5, "elbo_ms", "gflops", "percent_of_peak", "libtorch_ms");
    assertThat(outcome.out()).contains("lot: ");
    if (outcome.out().contains("\"Plot: ")) {
      assertThat(Files.size(folder.resolve("scale.png"))).isGreaterThan(1000);
      assertThat(folder.resolve("scale.svg")).content().contains("<svg");
    }
  }

  @Test
  void latenciesAndGarbageAreMeasured() throws IOException {
    String[] small = {"--warm-up", "1", "--images", "1,20", "--times", "3", "--json"};

    for (String command : List.of("generate", "encode")) {
      List<String> arguments = new ArrayList<>(List.of(command));
      arguments.addAll(List.of(small));
      assertPlausible(
          run(arguments.toArray(String[]::new)), 2, "ms", "ms_least", "images_per_second");
    }
    Outcome garbage = run("garbage", "--warm-up", "2", "--steps", "3", "--threads", "1", "--json");
    assertPlausible(garbage, 1, "threads", "bytes");
  }

  @Test
  void phasesShareAStepAmongThem() throws IOException {
    Outcome phases =
        run("phases", "--warm-up", "200", "--seconds", "2", "--threads", "1", "--json");
    assertPlausible(phases, StepPhase.values().length, "threads");
    double sum = 0;
    for (JsonNode row : phases.json().get("rows")) {
      sum += row.get("percent").doubleValue();
    }
    assertThat(sum).isCloseTo(100, within(1e-6));
  }

  @Test
  void aFrameTellsItsPhase() {
    assertThat(StepPhase.of("dev.elbo.tensor.Affine", "forward")).isEqualTo(StepPhase.LAYERS);
    assertThat(StepPhase.of("dev.elbo.tensor.Affine", "backward")).isEqualTo(StepPhase.ACTIVATIONS);
    assertThat(StepPhase.of("dev.elbo.training.Adam", "take")).isEqualTo(StepPhase.ADAM);
    assertThat(StepPhase.of("dev.elbo.kernel.Team$Gate", "pass")).isEqualTo(StepPhase.WAITING);
    assertThat(StepPhase.of("dev.elbo.kernel.VectorProduct", "tile8x2")).isNull();
  }

  @Test
  void coresTellsWhatWritingAndReadingCost() throws IOException {
    Outcome cores = run("cores", "--rounds", "20", "--json");
    assertPlausible(cores, 4, "kb", "write_alone", "read_alone", "write_in_turn", "read_in_turn");
  }

  @Test
  void aWarmUpOfOneEpochIsRefusedInOneSentence() {
    Outcome outcome = run("start", "--epochs", "1");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "elbo-bench: --epochs: expected 2 or more, found 1; the warm-up is the first less a later one%n"
                .formatted());
  }

  @Test
  void aFolderWithoutMnistIsRefusedInOneSentence(@TempDir Path folder) {
    Outcome outcome = run("step", "--data", folder.toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "elbo-bench: %s: expected MNIST's train-images-idx3-ubyte[.gz] there or in its folder mnist, found none; leave --data out for images that are made%n"
                .formatted(folder));
  }
}
