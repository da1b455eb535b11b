package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopAndResumeTest {
  @TempDir static Path shared;
  private static RunFolder uninterrupted;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() {
    uninterrupted = Runs.whole(shared.resolve("whole"), Runs.CONFIG);
  }

  /** Before the first step, in mid-epoch, before an epoch's last step, at its end, near the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 7, 12, 15, 23})
  void aStopAnywhereChangesNoByte(int steps) throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, steps);
    assertThat(run.model()).doesNotExist();
    assertThat(Runs.resume(run, 2, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void stopsAfterEveryFewStepsWithOtherThreadsEachTimeChangeNoByte() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 4);
    int resumptions = 0;
    int threads = 1;
    while (!Runs.resume(run, threads, Runs.afterSteps(5))) {
      threads = threads % 3 + 1;
      resumptions++;
    }
    assertThat(resumptions).isEqualTo(3);
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void aStopWithoutAStepInBetweenIsHarmless() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 9);
    assertThat(Runs.resume(run, 1, () -> true)).isFalse();
    assertThat(Runs.resume(run, 1, () -> true)).isFalse();
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void aStopThatComesWithTheLastStepIsTheEnd() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    assertThat(Runs.start(run, Runs.CONFIG, 1, Runs.afterSteps(24))).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void moreEpochsGiveWhatALongerRunGives() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(2, 0.003));
    byte[] shorter = Runs.modelBytes(run);
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected)) {
      assertThat(resumption.isFinished()).isTrue();
      resumption.change(epochs(Runs.EPOCHS));
      assertThat(resumption.isFinished()).isFalse();
      try (TrainingRun training = resumption.resume(Runs.DATA, 1)) {
        assertThat(training.train(event -> {}, () -> false)).isTrue();
      }
    }
    assertThat(Runs.modelBytes(run)).isNotEqualTo(shorter);
    Runs.assertSame(run, uninterrupted);
    assertThat(Files.readString(run.config())).isEqualTo(Files.readString(uninterrupted.config()));
  }

  @Test
  void anExtensionThatIsStoppedInMidEpochIsRemembered() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(1, 0.003));
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected)) {
      resumption.change(epochs(Runs.EPOCHS));
      try (TrainingRun training = resumption.resume(Runs.DATA, 1)) {
        assertThat(training.train(event -> {}, Runs.afterSteps(3))).isFalse();
      }
    }
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void moreEpochsInConfigJsonExtendTheRun() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.config(2, 0.003), 8);
    String json = Files.readString(run.config());
    assertThat(json).contains("\"num_epochs\": 2");
    Files.writeString(run.config(), json.replace("\"num_epochs\": 2", "\"num_epochs\": 4"));
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void theModelOfAShorterRunIsNotTakenForTheEndOfAnExtendedOne() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(2, 0.003));
    byte[] shorter = Runs.modelBytes(run);
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected)) {
      resumption.change(epochs(Runs.EPOCHS));
      try (TrainingRun training = resumption.resume(Runs.DATA, 1)) {
        assertThat(training.train(event -> {}, () -> false)).isTrue();
      }
    }
    // As if the process had died after the last checkpoint, before the new model.
    Files.write(run.model(), shorter);
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected)) {
      assertThat(resumption.isFinished()).isFalse();
    }
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void aModelThatIsMissingOrDamagedAtTheEndIsWrittenAnew() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.CONFIG);
    Files.delete(run.model());
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
    Files.write(run.model(), new byte[100]);
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected)) {
      assertThat(resumption.isFinished()).isFalse();
    }
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void aTornNewestCheckpointMeansThePreviousOneAndANotice() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 15);
    List<Path> files = Runs.checkpoints(run);
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("step-0000000015.safetensors", "step-0000000012.safetensors");
    byte[] bytes = Files.readAllBytes(files.get(0));
    for (int length : new int[] {0, 7, 300, bytes.length - 1}) {
      Files.write(files.get(0), Arrays.copyOf(bytes, length));
      List<String> notices = new ArrayList<>();
      try (Resumption resumption = Resumption.open(run, notices::add)) {
        assertThat(resumption.isFinished()).isFalse();
      }
      assertThat(notices).hasSize(1);
      assertThat(notices.get(0)).startsWith("passed over a checkpoint: " + files.get(0) + ": ");
    }
    assertThat(Runs.resume(run, 1, () -> false, new ArrayList<>())).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void rowsOfMetricsThatNoCheckpointKnowsOfAreCutBackEvenInMidLine() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 13);
    List<String> lines = Files.readAllLines(run.metrics());
    assertThat(lines).hasSize(3);
    String future = lines.get(2).replaceFirst("^2,12,", "3,18,");
    String torn = future.substring(0, 25);
    Files.writeString(run.metrics(), String.join("\n", lines) + "\n" + torn);
    try (Resumption resumption = Resumption.open(run, StopAndResumeTest::unexpected);
        TrainingRun training = resumption.resume(Runs.DATA, 1)) {
      assertThat(Files.readAllLines(run.metrics())).isEqualTo(lines);
      assertThat(training.metrics()).hasSize(2);
    }
    Files.writeString(run.metrics(), String.join("\n", lines) + "\n" + future + "\n" + torn);
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    Runs.assertSame(run, uninterrupted);
  }

  @Test
  void aCopiedRunFolderGoesOnLikeTheOriginal() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 10);
    Path copy = folder.resolve("elsewhere").resolve("copy");
    try (var all = Files.walk(run.path())) {
      for (Path file : all.toList()) {
        Path target = copy.resolve(run.path().relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    assertThat(Runs.resume(new RunFolder(copy), 1, () -> false)).isTrue();
    Runs.assertSame(new RunFolder(copy), uninterrupted);
  }

  /** A checkpoint there would count the epoch's sums into the next one. */
  @Test
  void noCheckpointIsSavedBetweenTheLastStepOfAnEpochAndItsRow() {
    EpochMetrics.TrainFigures means = new EpochMetrics.TrainFigures(3, 2, 1);
    long twoMinutes = 120_000_000_000L;
    TrainingEvent.Progress within = new TrainingEvent.Progress(1, 4, 5, 6, 600, 1000, means);
    TrainingEvent.Progress last = new TrainingEvent.Progress(1, 4, 6, 6, 600, 1000, means);
    assertThat(TrainingRun.isTimeToSave(within, twoMinutes)).isTrue();
    assertThat(TrainingRun.isTimeToSave(within, 1_000_000_000L)).isFalse();
    assertThat(TrainingRun.isTimeToSave(last, twoMinutes)).isFalse();
  }

  private static Map<ConfigKey, Settings.Entry> epochs(int epochs) {
    return Map.of(ConfigKey.NUM_EPOCHS, new Settings.Entry(String.valueOf(epochs), "--epochs"));
  }

  private static void unexpected(String notice) {
    throw new AssertionError("unexpected notice: " + notice);
  }
}
