package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.elbo.InputException;
import dev.elbo.data.DataSet;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  @TempDir Path folder;

  @Test
  void aDirectoryThatHoldsARunIsNotBegunAgain() {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    refused(
        () -> start(run),
        "%s: expected a new directory, found a run in it; go on with elbo resume %s, or choose another --out",
        run.path(),
        run.path());
    try (TrainingRun goingOn = resumed(run)) {
      assertThat(goingOn.trainer().step()).isEqualTo(1);
      refused(
          () -> start(run),
          "%s: expected a new directory, found a run in it; go on with elbo resume %s, or choose another --out",
          run.path(),
          run.path());
    }
  }

  @Test
  void aFileIsNoRunDirectory() throws IOException {
    RunFolder file = new RunFolder(Files.writeString(folder.resolve("file"), "a letter"));
    refused(
        () -> start(file),
        "%s: expected a run directory, found a file; choose another --out",
        file.path());
    refused(
        () -> open(file),
        "%s: expected a run directory, found a file; elbo train makes one",
        file.path());
    assertThat(file.path()).hasContent("a letter");
  }

  @Test
  void aDirectoryWithOtherFilesIsLeftAlone() throws IOException {
    RunFolder full = new RunFolder(Files.createDirectory(folder.resolve("full")));
    Files.writeString(full.path().resolve("thesis.tex"), "years of work");
    refused(
        () -> start(full),
        "%s: expected a new or an empty directory, found files in it; choose another --out",
        full.path());
    try (var files = Files.list(full.path())) {
      assertThat(files).containsExactly(full.path().resolve("thesis.tex"));
    }
  }

  @Test
  void anEmptyDirectoryIsWelcome() throws IOException {
    RunFolder empty = new RunFolder(Files.createDirectory(folder.resolve("empty")));
    assertThat(Runs.start(empty, Runs.config(1, 0.003), 1, () -> false)).isTrue();
    assertThat(empty.model()).exists();
  }

  @Test
  void aRunInUseIsNotOpenedTwice() {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    String inUse = "%s: in use by another process; wait for it or stop it";
    try (Resumption first = Resumption.open(run, notice -> {})) {
      refused(() -> open(run), inUse, run.path());
      try (TrainingRun training = first.resume(Runs.DATA, 1)) {
        refused(() -> open(run), inUse, run.path());
        assertThat(training.folder()).isEqualTo(run);
      }
    }
    open(run);
  }

  @Test
  void nothingCannotBeResumed() throws IOException {
    RunFolder none = new RunFolder(folder.resolve("none"));
    refused(
        () -> open(none),
        "%s: expected a run directory, found nothing; elbo train makes one",
        none.path());
    RunFolder empty = new RunFolder(Files.createDirectory(folder.resolve("empty")));
    refused(
        () -> open(empty),
        "%s: expected a run directory with config.json, found none; elbo train makes one",
        empty.path());
    Files.createDirectory(empty.checkpoints());
    refused(
        () -> open(empty),
        "%s: expected a run directory with config.json, found none; elbo train makes one",
        empty.path());
    Files.writeString(empty.config(), "{}");
    refused(
        () -> open(empty),
        "%s: expected a checkpoint, found none; delete the directory and train again",
        empty.checkpoints());
  }

  @ParameterizedTest
  @CsvSource({
    "BATCH_SIZE, 32, batch_size, 16",
    "LR, 0.01, lr, 0.003",
    "HIDDEN_SIZE, '12,10', hidden_size, '12,9'",
    "LATENT_SIZE, 5, latent_size, 4",
    "ALPHA, 0.001, alpha, none",
    "BETA, 1.5, beta, 0.8",
    "LIKELIHOOD, gaussian, likelihood, bernoulli",
    "ACTIVATION, tanh, activation, relu",
    "SEED, 6, seed, 5",
    "DATASET, mnist, dataset, blobs"
  })
  void anotherValueThanTheRunsIsRefusedByItsKey(
      ConfigKey flag, String value, String key, String before) {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      refused(
          () -> resumption.change(Map.of(flag, new Settings.Entry(value, "--flag"))),
          "%s: expected %s as when the run began, found %s in the flags; resume without it, or train anew",
          key,
          before,
          value);
      assertThat(resumption.config()).isEqualTo(Runs.CONFIG);
    }
  }

  @Test
  void theSameValuesAreNoChange() {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      resumption.change(
          Map.of(
              ConfigKey.LR, new Settings.Entry("3e-3", "--lr"),
              ConfigKey.BETA, new Settings.Entry("0.80", "--beta"),
              ConfigKey.SEED, new Settings.Entry("5", "--seed")));
      assertThat(resumption.config()).isEqualTo(Runs.CONFIG);
    }
  }

  @Test
  void anEditedConfigJsonIsRefusedByItsKey() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    String json = Files.readString(run.config());
    Files.writeString(run.config(), json.replace("\"lr\": 0.003", "\"lr\": 0.03"));
    refused(
        () -> open(run),
        "lr: expected 0.003 as when the run began, found 0.03 in %s; resume without it, or train anew",
        run.config());
    Files.writeString(run.config(), json.replace("\"seed\"", "\"sed\""));
    assertThatThrownBy(() -> open(run))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(run.config() + ": unknown key \"sed\"; did you mean \"seed\"?");
    Files.writeString(run.config(), json);
    open(run);
  }

  @Test
  void fewerEpochsAreRefused() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 13);
    Settings.Entry three = new Settings.Entry("3", "--epochs");
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      refused(
          () -> resumption.change(Map.of(ConfigKey.NUM_EPOCHS, three)),
          "num_epochs: expected at least 4, as the run has, found 3; resume without it, or train anew");
      resumption.change(Map.of(ConfigKey.NUM_EPOCHS, new Settings.Entry("5", "--epochs")));
      assertThat(resumption.config().epochs()).isEqualTo(5);
    }
    String json = Files.readString(run.config());
    Files.writeString(run.config(), json.replace("\"num_epochs\": 4", "\"num_epochs\": 1"));
    refused(
        () -> open(run),
        "num_epochs: expected at least 4, as the run has, found 1; resume without it, or train anew");
  }

  @Test
  void otherDataAreRefused() {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    DataSet other = Blobs.dataSet(83, 21, 5, 7, 12);
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      refused(
          () -> resumption.resume(other, 1),
          "%s: expected the data the run began with (sha256 %s…), found %s… in generated; give the folder with --data",
          run.path(),
          Runs.DATA.sha256().substring(0, 12),
          other.sha256().substring(0, 12));
    }
    open(run);
  }

  @Test
  void dataOfAnotherSizeThanTheModelsAreRefusedAndTheLockIsLetGo() {
    RunFolder run = new RunFolder(folder.resolve("run"));
    DataSet larger = Blobs.dataSet(20, 5, 6, 7);
    refused(
        () -> TrainingRun.start(run, Runs.CONFIG, larger, 1),
        "input_size: expected 42, the pixels of an image of blobs, found 35; leave it out");
    assertThat(Runs.start(run, Runs.config(1, 0.003), 1, () -> false)).isTrue();
  }

  @Test
  void aFinishedRunIsFinishedAndChangesNothing() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(1, 0.003));
    byte[] model = Runs.modelBytes(run);
    List<String> metrics = Files.readAllLines(run.metrics());
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      assertThat(resumption.isFinished()).isTrue();
    }
    assertThat(Runs.modelBytes(run)).isEqualTo(model);
    assertThat(Files.readAllLines(run.metrics())).isEqualTo(metrics);
  }

  @Test
  void aReadOnlyFolderIsAnErrorOfOneSentence() throws IOException {
    assumeFalse(
        "root".equals(System.getProperty("user.name")), "root may write into read-only folders");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    RunFolder run = new RunFolder(closed.resolve("run"));
    refused(
        () -> start(run),
        "%s: could not be created: permission denied; allow it or choose another place",
        run.path());
  }

  @Test
  void aFolderThatCannotBeLookedIntoHidesNoOtherRuns() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may look into any folder");
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assertThat(RunSummary.below(folder)).containsExactly(run);
  }

  @Test
  void aPlaceBelowAFileIsAnErrorOfOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    RunFolder run = new RunFolder(file.resolve("run"));
    assertThatThrownBy(() -> start(run))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(run.path() + ": could not be created: ");
  }

  @Test
  void aRunWithoutOneWholeCheckpointIsRefused() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 7);
    List<Path> files = Runs.checkpoints(run);
    assertThat(files).hasSize(2);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    refused(
        () -> open(run),
        "%s: expected a whole checkpoint, found 2, none of which can be read; put back a copy of one or train again",
        run.checkpoints());
    RunFolder same = run;
    refused(
        () -> start(same),
        "%s: expected a new directory, found a run in it; go on with elbo resume %s, or choose another --out",
        run.path(),
        run.path());
  }

  @Test
  void aRowOfMetricsThatIsNoRowIsRefused() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 7);
    Files.writeString(run.metrics(), Files.readAllLines(run.metrics()).get(0) + "\n1,2,three\n");
    refused(
        () -> resumed(run).close(),
        "%s: expected rows of 16 cells, found \"1,2,three\"; delete the file to go on without it",
        run.metrics());
    Files.delete(run.metrics());
    resumed(run).close();
  }

  private static void start(RunFolder run) {
    TrainingRun.start(run, Runs.CONFIG, Runs.DATA, 1).close();
  }

  private static void open(RunFolder run) {
    Resumption.open(run, notice -> {}).close();
  }

  private static TrainingRun resumed(RunFolder run) {
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      return resumption.resume(Runs.DATA, 1);
    }
  }

  private static void refused(ThrowingCallable call, String sentence, Object... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(InputException.class)
        .hasMessage(sentence.formatted(parts));
  }
}
