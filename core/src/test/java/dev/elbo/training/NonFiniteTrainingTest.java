package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learning rates that no model survives stop the run before anything broken is written. */
class NonFiniteTrainingTest {
  private static final String SENTENCE =
      "step [1-9][0-9,]*: (the gradient of )?(encoder|decoder|mean|log_variance|output|KL|z|log p|"
          + "loss|reconstruction|log-variance)[^;]* became (NaN|infinite)( on the test set)?; "
          + "the last good checkpoint is kept in %s; "
          + "train again with a lower --lr, or look for faulty images";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e12, 1e18, 1e25, 1e30, 1e38, 1e300})
  void theRunNamesStepAndLayerAndWritesNothingThatIsNotFinite(double learningRate)
      throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrainingRun training =
        TrainingRun.start(run, Runs.config(300, learningRate), Runs.DATA, 2)) {
      assertThatThrownBy(() -> training.train(event -> {}, () -> false))
          .isInstanceOf(InputException.class)
          .hasCauseInstanceOf(TrainingFailure.class)
          .message()
          .matches(SENTENCE.formatted(run.path()));
    }
    assertThat(run.model()).doesNotExist();
    assertAllFinite(run);
    try (Resumption resumption = Resumption.open(run, NonFiniteTrainingTest::unexpected)) {
      assertThat(resumption.isFinished()).isFalse();
    }
  }

  /** One step an epoch: the weights are finite after it, but nothing they make of an image is. */
  @Test
  void aTestSetThatCannotBeMeasuredStopsTheRunBeforeItsRowIsWritten() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrainingRun training =
        TrainingRun.start(run, Runs.config(300, 1e30), Blobs.dataSet(16, 5, 5, 7), 1)) {
      assertThatThrownBy(() -> training.train(event -> {}, () -> false))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("step 1: ")
          .hasMessageContaining(" on the test set; the last good checkpoint is kept in ");
    }
    assertThat(Files.readAllLines(run.metrics())).hasSize(1);
    assertAllFinite(run);
  }

  @Test
  void theCheckpointFromBeforeTheFailureIsTheLastGoodOne() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    List<Integer> epochs = new ArrayList<>();
    String message = "";
    try (TrainingRun training = TrainingRun.start(run, Runs.config(300, 1e6), Runs.DATA, 1)) {
      training.train(
          event -> {
            if (event instanceof TrainingEvent.EpochDone done) {
              epochs.add(done.metrics().epoch());
            }
          },
          () -> false);
    } catch (InputException e) {
      message = e.getMessage();
    }
    assertThat(message).startsWith("step ");
    Checkpoint newest = run.store().newest(NonFiniteTrainingTest::unexpected).orElseThrow();
    assertThat(newest.step()).isEqualTo((long) epochs.size() * Runs.STEPS_PER_EPOCH);
  }

  private static void assertAllFinite(RunFolder run) throws IOException {
    Checkpoint newest = run.store().newest(NonFiniteTrainingTest::unexpected).orElseThrow();
    newest.state().requireFinite("newest");
    newest
        .state()
        .metadata()
        .forEach((key, text) -> assertThat(text).as(key).doesNotContain("NaN", "Infinity"));
    assertThat(Files.readString(run.metrics())).doesNotContain("NaN", "Infinity");
    List<EpochMetrics> rows = new MetricsFile(run.metrics(), RunFolder.files()).read();
    for (EpochMetrics row : rows) {
      assertThat(row.train().loss()).isFinite();
      assertThat(row.testLoss()).isFinite();
    }
  }

  private static void unexpected(String notice) {
    throw new AssertionError("unexpected notice: " + notice);
  }
}
