package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.InputException;
import dev.elbo.model.ConfigKey;
import dev.elbo.studio.http.Problem;
import dev.elbo.training.Resumption;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are damaged, cannot begin, are stopped early or go on behind the studio's back. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RunTroubleTest {
  private static final int EPOCHS = 100_000;

  @TempDir Path runs;
  private RunFolder run;
  private RunServer server;

  @BeforeEach
  void start() {
    run = new RunFolder(runs.resolve("run"));
    server = new RunServer(runs, 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TrainingRun fresh() {
    return TrainingRun.start(run, TinyData.config(EPOCHS, 3), TinyData.SET, 1);
  }

  private TrainingRun resumed() {
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      return resumption.resume(TinyData.SET, 1);
    }
  }

  private String state() {
    return server.json("/runs/run").get("state").asText();
  }

  /** As a terminal would, which the studio's trainings know nothing of. */
  private void goOnElsewhere() {
    try (TrainingRun elsewhere = resumed()) {
      assertThat(elsewhere.train(event -> {}, () -> true)).isFalse();
    }
  }

  @Test
  void aDamagedConfigurationIsSaidInOneSentence() throws IOException {
    try (TrainingRun training = TrainingRun.start(run, TinyData.config(1, 3), TinyData.SET, 1)) {
      assertThat(training.train(event -> {}, () -> false)).isTrue();
    }
    Files.writeString(run.config(), "{\"lr\":");
    for (String path : new String[] {"/runs/run", "/runs/run/events"}) {
      RunServer.assertRefused(server.get(path), 409, "", "config.json: expected");
    }
    RunServer.assertRefused(server.post("/runs/run/resume", ""), 409, "", "config.json: expected");
    JsonNode listed = server.json("/runs").get("runs").get(0);
    assertThat(listed.get("state").asText()).isEqualTo("failed");
    assertThat(listed.get("text").asText()).contains("config.json: expected");
    // Somebody who watched it already learns it by its state.
    assertThat(new RunStates(server.trainings).of(run).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void aStopWhileARunLoadsItsDataStopsIt() throws Exception {
    Session first = server.trainings.begin(run, this::fresh);
    server.trainings.stop(run, RunState.PAUSED);
    assertThat(first.state()).isEqualTo(RunState.PAUSED);
    CountDownLatch isLoading = new CountDownLatch(1);
    CountDownLatch mayLoad = new CountDownLatch(1);
    CompletableFuture<Session> second =
        CompletableFuture.supplyAsync(
            () ->
                server.trainings.begin(
                    run,
                    () -> {
                      isLoading.countDown();
                      await(mayLoad);
                      return resumed();
                    }));
    isLoading.await();
    CompletableFuture<RunState> stopped =
        CompletableFuture.supplyAsync(() -> server.trainings.stop(run, RunState.STOPPED));
    // The wish is there before the data.
    Thread.sleep(200);
    mayLoad.countDown();
    assertThat(stopped.join()).isEqualTo(RunState.STOPPED);
    assertThat(second.join().state()).isEqualTo(RunState.STOPPED);
    assertThat(state()).isEqualTo("stopped");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void memoryThatIsUsedUpIsSaidInOneSentence() {
    assertThatThrownBy(
            () ->
                server.trainings.begin(
                    run,
                    () -> {
                      throw new OutOfMemoryError("a test");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "memory: expected more than Java has, found it used up; choose a smaller model");
  }

  @Test
  void anyOtherErrorEndsTheWaitingToo() {
    assertThatThrownBy(
            () ->
                server.trainings.begin(
                    run,
                    () -> {
                      throw new LinkageError("a test");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(LinkageError.class);
    // And nothing keeps the next one from beginning.
    server.trainings.begin(run, this::fresh);
    assertThat(server.trainings.stop(run, RunState.STOPPED)).isEqualTo(RunState.STOPPED);
  }

  @Test
  void aRunThatCannotBeGoneOnWithStaysPaused() {
    server.trainings.begin(run, this::fresh);
    server.trainings.stop(run, RunState.PAUSED);
    assertThatThrownBy(
            () ->
                server.trainings.begin(
                    run,
                    () -> {
                      throw new InputException("no data");
                    }))
        .hasMessage("no data");
    assertThat(state()).isEqualTo("paused");
  }

  @Test
  void aRunThatWasPausedHereAndStoppedElsewhereIsStopped() {
    server.trainings.begin(run, this::fresh);
    server.trainings.stop(run, RunState.PAUSED);
    assertThat(state()).isEqualTo("paused");
    goOnElsewhere();
    assertThat(state()).isEqualTo("stopped");
    assertThatThrownBy(() -> server.trainings.stop(run, RunState.STOPPED))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("found none; resume it first");
  }

  @Test
  void aRunThatFailedHereAndWasStoppedElsewhereIsStopped() {
    Session session =
        server.trainings.begin(
            run,
            () ->
                TrainingRun.start(
                    run, TinyData.config(50, 3).with(ConfigKey.LR, 1e30), TinyData.SET, 1));
    assertThat(session.await(20_000)).isTrue();
    assertThat(state()).isEqualTo("failed");
    goOnElsewhere();
    assertThat(state()).isEqualTo("stopped");
  }
}
