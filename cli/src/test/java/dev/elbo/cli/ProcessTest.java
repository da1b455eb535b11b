package dev.elbo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbo.model.ConfigKey;
import dev.elbo.studio.StudioOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs a process of its own: signals, the environment, the working directory, a terminal. */
class ProcessTest {
  /** More than a process trains in the moment between its first row and the signal. */
  private static final int EPOCHS = 40;

  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeData() throws IOException {
    folder = folder.toRealPath();
    data = TinyImages.write(folder.resolve("tiny"));
  }

  /** The program in {@link #folder}, with these variables only beside the necessary ones. */
  private ProcessBuilder program(List<String> options, Map<String, String> variables, String line) {
    List<String> words = new ArrayList<>(List.of(ChildJvm.java(), "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Dstdout.encoding=UTF-8", "-Djava.awt.headless=true"));
    words.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    words.addAll(options);
    words.addAll(List.of("-cp", ChildJvm.classPath(), "dev.elbo.cli.Main"));
    words.addAll(Arrays.asList(line.split(" ")));
    ProcessBuilder process = new ProcessBuilder(words).directory(folder.toFile());
    process.redirectError(folder.resolve("err.txt").toFile());
    process.redirectOutput(folder.resolve("out.txt").toFile());
    process.environment().clear();
    // Without waiting for vectors to be compiled; the other half of a test may use them.
    process.environment().put("ELBO_KERNELS", "plain");
    process.environment().putAll(variables);
    return process;
  }

  private Outcome outcome(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Path out = folder.resolve("out.txt");
    return new Outcome(
        process.exitValue(),
        Files.exists(out) ? Files.readString(out, UTF_8) : "",
        Files.readString(folder.resolve("err.txt"), UTF_8).stripTrailing());
  }

  private Outcome run(Map<String, String> variables, String line)
      throws IOException, InterruptedException {
    return outcome(program(List.of(), variables, line).start());
  }

  private String trainLine(Object out, Object epochs) {
    return "train --data tiny --out %s --epochs %s --hidden 8 --latent 2 --batch-size 2 --threads 1"
        .formatted(out, epochs);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "KILL, 137"})
  void aStoppedTrainingGoesOnToTheSameBytes(String signal, int code) throws Exception {
    Process process = program(List.of(), Map.of(), trainLine("run", EPOCHS)).start();
    Path metrics = folder.resolve("run/metrics.csv");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(metrics) || Files.readAllLines(metrics).size() < 2) {
      assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
      Thread.sleep(20);
    }

    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();

    Outcome stopped = outcome(process);
    assertThat(stopped.code()).isEqualTo(code);
    assertThat(folder.resolve("run/model.safetensors")).doesNotExist();
    if (!signal.equals("KILL")) {
      assertThat(stopped.errLines())
          .last()
          .asString()
          .matches("stopped after step [0-9,]+; all is saved: elbo resume run goes on");
    }
    assertThat(Files.readAllLines(metrics)).hasSizeLessThan(EPOCHS + 1);
    Path run = folder.resolve("run");
    Path whole = folder.resolve("whole");
    Outcome resumed = Outcome.of("resume", run, "--threads", 1);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    String straight = trainLine(whole, EPOCHS).replace("tiny", data.toString());
    assertThat(Outcome.of((Object[]) straight.split(" ")).code()).isZero();
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(Files.readAllLines(metrics)).hasSize(EPOCHS + 1);
  }

  /** Ctrl-C saves and ends the page with the training. */
  @Test
  void aTrainingInTheStudioIsWatchedAndStopped() throws Exception {
    Process process =
        program(List.of(), Map.of(), trainLine("runs/a", 100_000) + " --studio").start();
    try {
      String address = address(process);
      String runs = get(address + "api/v1/runs");
      while (!runs.contains("\"epoch\":1")) {
        assertThat(process.isAlive()).as(runs).isTrue();
        Thread.sleep(20);
        runs = get(address + "api/v1/runs");
      }
      assertThat(runs).contains("\"id\":\"a\"", "\"state\":\"training\"", "\"elsewhere\":false");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      Outcome stopped = outcome(process);
      assertThat(stopped.code()).isEqualTo(130);
      assertThat(stopped.err())
          .containsPattern("stopped after step [0-9,]+; all is saved: the page or elbo resume ");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Files.readAllLines(folder.resolve("runs/a/metrics.csv"))).hasSizeGreaterThan(1);
    assertThat(folder.resolve("runs/a/model.safetensors")).doesNotExist();
  }

  @Test
  void theStudioStaysWhenTrainingHasEnded() throws Exception {
    Process process = program(List.of(), Map.of(), trainLine("runs/a", 2) + " --studio").start();
    try {
      String address = address(process);
      String said = "the studio stays at " + address + " until Ctrl-C";
      while (!Files.readString(folder.resolve("err.txt")).contains(said)) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(20);
      }
      assertThat(Files.readString(folder.resolve("out.txt")))
          .contains("test set: ", "wrote runs/a");
      assertThat(folder.resolve("runs/a/loss.png")).isNotEmptyFile();
      assertThat(get(address + "api/v1/runs/a")).contains("\"state\":\"finished\"");
    } finally {
      process.destroyForcibly().waitFor();
    }
    // A finished run has nothing to show live.
    Outcome again = Outcome.of("resume", folder.resolve("runs/a"), "--studio");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("is finished: 2 epochs");
  }

  /** The usual port is taken by this test, or already by somebody else. */
  @Test
  void aTrainingWhoseUsualPortIsTakenIsShownOnAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      try {
        taken.bind(new InetSocketAddress("127.0.0.1", StudioOptions.PORT));
      } catch (BindException e) {
        assertThat(e).hasMessageContaining("in use");
      }
      Process process = program(List.of(), Map.of(), trainLine("runs/a", 2) + " --studio").start();
      try {
        String address = address(process);
        assertThat(address).doesNotContain(":" + StudioOptions.PORT);
        while (!get(address + "api/v1/runs").contains("\"state\":\"finished\"")) {
          assertThat(process.isAlive()).as(Files.readString(folder.resolve("err.txt"))).isTrue();
          Thread.sleep(20);
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aTrainingThatFailsEndsItsStudioToo() throws Exception {
    Outcome outcome = run(Map.of(), trainLine("runs/a", 50) + " --lr 1e30 --studio");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).last().asString().matches("elbo: step .* became .*");
    Outcome several = run(Map.of(), "train --seeds 2 --studio");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.errLines())
        .containsExactly(
            "elbo: --studio: expected one training, found --seeds 2; leave one of them out");
  }

  /** Where a studio says that it is. */
  private String address(Process process) throws Exception {
    Path err = folder.resolve("err.txt");
    Pattern said = Pattern.compile("studio (http://127\\.0\\.0\\.1:[0-9]+/)#/train\n");
    Matcher found = said.matcher(Files.readString(err));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!found.find()) {
      assertThat(process.isAlive() && System.nanoTime() < end).as(Files.readString(err)).isTrue();
      Thread.sleep(20);
      found = said.matcher(Files.readString(err));
    }
    return found.group(1);
  }

  private static String get(String address) throws IOException {
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aSecondProcessOnARunInUseIsRefused() throws Exception {
    Process process = program(List.of(), Map.of(), trainLine("run", 100_000)).start();
    try {
      while (!Files.exists(folder.resolve("run/config.json"))) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(20);
      }

      Outcome second = Outcome.of("resume", folder.resolve("run"));

      assertThat(second.code()).isEqualTo(2);
      assertThat(second.errLines())
          .containsExactly(
              "elbo: "
                  + folder.resolve("run")
                  + ": in use by another process; wait for it or stop it");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void variablesComeBetweenFlagsAndTheFileAndEmptyOnesAreUnset() throws Exception {
    Files.writeString(folder.resolve("c.json"), "{\"lr\": 0.1, \"seed\": 3, \"latent_size\": 7}");
    Map<String, String> variables =
        Map.of("ELBO_LR", "0.2", "ELBO_SEED", "", "ELBO_NUM_EPOCHS", "4", "ELBO_ALPHA", "0.5");

    Outcome outcome = run(variables, "train --config c.json --epochs 5 --explain");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.outLines())
        .contains(
            "num_epochs   5            --epochs",
            "lr           0.2          ELBO_LR",
            "seed         3            c.json",
            "latent_size  7            c.json",
            "alpha        0.5          ELBO_ALPHA",
            "batch_size   128          default");
  }

  @Test
  void explainShowsWhatIsNotOfTheConfigurationToo() throws Exception {
    Outcome bare = run(Map.of(), "train --explain");
    Outcome given =
        run(
            Map.of("ELBO_DATA", "elsewhere", "ELBO_KERNELS", "", "ELBO_EPOCHS", "4"),
            "train --out there --threads 3 --explain");

    int processors = Math.min(16, Runtime.getRuntime().availableProcessors());
    assertThat(bare.outLines())
        .hasSize(ConfigKey.values().length - 1 + 4)
        .contains("dataset      mnist        default; pen digits stand in where it cannot be had")
        .endsWith(
            "threads      %-12d default".formatted(processors),
            "data         data         default",
            "out          runs/<date-time> default",
            "kernels      plain        ELBO_KERNELS");
    assertThat(given.outLines())
        .contains(
            "num_epochs   4            ELBO_EPOCHS",
            "threads      3            --threads",
            "data         elsewhere    ELBO_DATA",
            "out          there        --out")
        .last()
        .asString()
        .startsWith("kernels      plain        default; plain kernels (slower");
  }

  @Test
  void aWrongVariableIsOneSentenceAndLeavesNothing() throws Exception {
    Outcome kernels = run(Map.of("ELBO_KERNELS", "fast"), trainLine("run", 1));
    Outcome rate = run(Map.of("ELBO_LR", "fast"), trainLine("run", 1));

    assertThat(kernels)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "elbo: ELBO_KERNELS: expected plain or vector, found fast; set it so or unset it"));
    assertThat(rate)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "elbo: lr: expected a number, found \"fast\" (from ELBO_LR); change it there"));
    assertThat(folder.resolve("run")).doesNotExist();
    assertThat(folder.resolve("latest")).doesNotExist();
  }

  @Test
  void aFullStandardOutputIsOneSentence() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    for (String line : List.of("data", "--help", "data --json")) {
      Outcome outcome =
          outcome(program(List.of(), Map.of(), line).redirectOutput(full.toFile()).start());

      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err())
          .isEqualTo(
              "elbo: standard output: could not be written;"
                  + " check the disk or the program it goes to");
    }
  }

  @Test
  void aReaderThatGoesAwayIsAtMostOneSentence() throws Exception {
    Process process =
        program(List.of(), Map.of(), "completion").redirectOutput(Redirect.PIPE).start();
    process.getInputStream().close();

    Outcome outcome = outcome(process);

    assertThat(outcome.errLines()).hasSizeLessThanOrEqualTo(1).noneMatch(l -> l.contains("\tat "));
  }

  @Test
  void numbersInSentencesHaveAsciiDigitsInEveryLanguage() throws Exception {
    List<String> arabic = List.of("-Duser.language=ar", "-Duser.country=EG");

    Outcome outcome = outcome(program(arabic, Map.of(), "generate -n 0").start());

    assertThat(outcome.err())
        .isEqualTo("elbo: -n: expected a whole number from 1 to 100000, found 0; change it");
  }

  @Test
  void withoutAModelTheNewestRunIsTakenAndElseTheOneInside() throws Exception {
    Outcome inside = run(Map.of(), "generate");
    assertThat(inside.code()).as(inside.err()).isZero();
    assertThat(inside.errLines()).hasSize(1).first().asString().startsWith("model: ");
    assertThat(folder.resolve("generated.png")).exists();

    Files.createDirectories(folder.resolve("runs"));
    Files.createSymbolicLink(folder.resolve("runs/latest"), Path.of("removed"));
    Outcome removed = run(Map.of(), "generate");
    assertThat(removed.code()).isZero();
    assertThat(removed.errLines())
        .containsExactly("note: runs/latest leads to no finished run", inside.err());

    Path run = folder.resolve("runs/one");
    String train = trainLine(run, 1).replace("tiny", data.toString());
    assertThat(Outcome.of((Object[]) train.split(" ")).code()).isZero();
    assertThat(run(Map.of(), "info").errLines())
        .containsExactly("model: runs/one/model.safetensors");
  }

  @Test
  void onATerminalTheProgressIsDrawnWithinItsWidthUnlessAVariableForbids() throws Exception {
    List<String> terminal = List.of("-Delbo.terminal=true", "-Delbo.columns=80");

    Outcome drawn = outcome(program(terminal, Map.of(), trainLine("a", 3)).start());
    assertThat(drawn.code()).isZero();
    List<String> frames = List.of(drawn.err().split("\r|\n"));
    assertThat(frames).anyMatch(frame -> frame.matches("\u001b\\[Kepoch +\\d+/3 [█░▏▎▍▌▋▊▉]+ .*"));
    assertThat(frames)
        .filteredOn(frame -> frame.contains("█"))
        .allMatch(frame -> frame.replace("\u001b[K", "").length() < 80);

    Map<String, String> noColor = Map.of("NO_COLOR", "1");
    Outcome plain = outcome(program(terminal, noColor, trainLine("b", 2)).start());
    assertThat(plain.code()).isZero();
    assertThat(plain.err()).doesNotContain("\r").doesNotContain("\u001b").contains("epoch 2/2  tr");
  }
}
