package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.checkpoint.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {
  @TempDir Path folder;
  private Path data;
  private Path run;

  @BeforeEach
  void train() throws IOException {
    folder = folder.toRealPath();
    data = TinyImages.write(folder.resolve("tiny"));
    run = folder.resolve("runs").resolve("run");
    assertThat(train(run, 1).code()).isZero();
  }

  private Outcome train(Path out, int epochs) {
    return Outcome.of(
        "train",
        "--data",
        data,
        "--out",
        out,
        "--epochs",
        epochs,
        "--hidden",
        16,
        "--latent",
        4,
        "--batch-size",
        64,
        "--threads",
        1);
  }

  @Test
  void aFinishedRunSaysSo() {
    Outcome outcome = Outcome.of("resume", run, "--threads", 1);

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                run
                    + " is finished: 1 epoch; --epochs with a larger number goes on"
                    + System.lineSeparator(),
                ""));
  }

  @Test
  void aFinishedRunSaysSoAsJsonToo() throws IOException {
    Outcome outcome = Outcome.of("resume", run, "--json");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.json().toString())
        .isEqualTo("{\"run\":\"%s\",\"status\":\"finished\",\"epochs\":1}".formatted(run));
  }

  @Test
  void moreEpochsOnMoreThreadsGiveTheModelOfOneLongTraining() throws IOException {
    Outcome outcome = Outcome.of("resume", run, "--epochs", 3, "--threads", 2);

    assertThat(outcome.code()).isZero();
    assertThat(train(folder.resolve("long"), 3).code()).isZero();
    assertThat(Outcome.of("resume", run).out()).contains(" is finished: 3 epochs; ");
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("long/model.safetensors"));
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(4);
    assertThat(run.resolve("image/epoch-003.png")).exists();
  }

  @Test
  void theSameValueIsNoChangeAndAnotherIsRefusedByItsKey() {
    assertThat(Outcome.of("resume", run, "--lr", "0.001", "--hidden", "16").code()).isZero();

    assertRefused(
        Outcome.of("resume", run, "--lr", "0.002"),
        "lr: expected 0.001 as when the run began, found 0.002 in the flags;"
            + " resume without it, or train anew");
    assertRefused(
        Outcome.of("resume", run, "--beta", "1"),
        "alpha: expected 0.001 as when the run began, found none in the flags;"
            + " resume without it, or train anew");
    assertRefused(
        Outcome.of("resume", run, "--dataset", "pen"),
        "dataset: expected folder as when the run began, found pen in the flags;"
            + " resume without it, or train anew");
  }

  @Test
  void theDataMayHaveMoved() throws IOException {
    Path moved = Files.move(data, folder.resolve("moved"));

    Outcome outcome = Outcome.of("resume", run, "--epochs", 2, "--data", moved, "--threads", 1);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).contains("(" + moved + ")");
  }

  @Test
  void otherDataIsRefusedAndTheRunIsAsItWas() throws IOException {
    Path other = TinyImages.write(folder.resolve("other"), TinyImages.SIDE, 9);
    byte[] config = Files.readAllBytes(run.resolve("config.json"));

    Outcome outcome = Outcome.of("resume", run, "--epochs", 2, "--data", other);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).hasSize(1);
    assertThat(outcome.err())
        .startsWith("elbo: " + run + ": expected the data the run began with (sha256 ")
        .contains("… in " + other + "; give the folder with --data");
    assertThat(run.resolve("config.json")).hasBinaryContent(config);
  }

  @Test
  void latestIsUnderstoodAsALinkAndAsAFile() throws IOException {
    Path latest = run.resolveSibling("latest");
    assertThat(Outcome.of("resume", latest).out()).contains(latest + " is finished");

    Files.delete(latest);
    Files.writeString(latest, "run\n");

    assertThat(Outcome.of("resume", latest).out()).contains(" is finished: 1 epoch;");
    assertThat(Outcome.of("info", latest).errLines())
        .containsExactly("model: " + run.resolve("model.safetensors"));
  }

  @Test
  void aRemovedModelIsMadeAgain() throws IOException {
    byte[] model = Files.readAllBytes(run.resolve("model.safetensors"));
    Files.delete(run.resolve("model.safetensors"));

    Outcome outcome = Outcome.of("resume", run, "--threads", 1);

    assertThat(outcome.code()).isZero();
    assertThat(run.resolve("model.safetensors")).hasBinaryContent(model);
  }

  @Test
  void aRunInUseIsRefused() {
    try (RunLock lock = RunLock.acquire(run)) {
      assertThat(lock).isNotNull();
      assertRefused(
          Outcome.of("resume", run), run + ": in use by another process; wait for it or stop it");
    }
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertRefused(
        Outcome.of("resume", folder.resolve("none")),
        folder.resolve("none") + ": expected a run directory, found nothing; elbo train makes one");
    assertRefused(
        Outcome.of("resume", data),
        data + ": expected a run directory with config.json, found none; elbo train makes one");
  }

  private static void assertRefused(Outcome outcome, String sentence) {
    assertThat(outcome).isEqualTo(new Outcome(2, "", "elbo: " + sentence + System.lineSeparator()));
  }
}
