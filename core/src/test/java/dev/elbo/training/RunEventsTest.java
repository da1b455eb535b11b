package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elbo.InputException;
import dev.elbo.model.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training writes for those who watch it: {@code events.jsonl} and the present moment. */
class RunEventsTest {
  /** A sum over dimensions against the sum that the tape makes in float. */
  private static final double SUM_TOLERANCE = 1e-5;

  @TempDir Path folder;

  private static List<RunEvent> read(RunFolder run) {
    return new EventFile(run.events(), RunFolder.files()).read();
  }

  @Test
  void everyEpochTellsItsRowItsKlAndItsPictures() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(2, 0.003));
    List<RunEvent> events = read(run);
    assertThat(events).extracting(RunEvent::id).containsExactly(61L, 62L, 63L, 121L, 122L, 123L);
    assertThat(events)
        .extracting(RunEvent::name)
        .containsExactly("epoch", "kl", "pictures", "epoch", "kl", "pictures");
    assertThat(events).extracting(RunEvent::epoch).containsExactly(1, 1, 1, 2, 2, 2);
    EpochMetrics row = new MetricsFile(run.metrics(), RunFolder.files()).read().get(1);
    assertThat(events.get(3).data()).hasToString(RunEvent.json(row).toString());
    assertThat(events.get(3).data().get("test_kl").asDouble()).isEqualTo(row.test().kl());
    assertThat(events.get(3).data().has("validation_loss")).isFalse();
    double sum = 0;
    for (var kl : events.get(4).data().get("kl_per_dimension")) {
      sum += kl.asDouble();
    }
    assertThat(events.get(4).data().get("kl_per_dimension")).hasSize(4);
    assertThat(sum).isCloseTo(row.test().kl(), offset(SUM_TOLERANCE));
    assertThat(run.samples(2)).isNotEmptyFile();
    assertThat(run.picture(2)).isNotEmptyFile();
  }

  @Test
  void samplesOfAnEpochAreTheSameDrawsDecodedAnew() throws IOException {
    RunFolder run = Runs.whole(folder.resolve("run"), Runs.config(2, 0.003));
    assertThat(Files.readAllBytes(run.samples(2)))
        .isEqualTo(Files.readAllBytes(run.generated()))
        .isNotEqualTo(Files.readAllBytes(run.samples(1)));
  }

  @Test
  void eventsThatNoCheckpointKnowsOfAreCutBackEvenInMidLine() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 13);
    List<String> lines = Files.readAllLines(run.events());
    assertThat(lines).hasSize(6);
    String future = lines.get(3).replace("\"id\":121,\"epoch\":2", "\"id\":181,\"epoch\":3");
    assertThat(future).isNotEqualTo(lines.get(3));
    Files.writeString(
        run.events(), String.join("\n", lines) + "\n" + future + "\n" + future.substring(0, 25));
    try (Resumption resumption = Resumption.open(run, notice -> {});
        TrainingRun training = resumption.resume(Runs.DATA, 1)) {
      assertThat(training.folder()).isEqualTo(run);
      assertThat(Files.readAllLines(run.events())).isEqualTo(lines);
    }
  }

  @Test
  void aRunOfBeforeThereWereEventsGoesOnWithThem() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 13);
    Files.delete(run.events());
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
    assertThat(read(run)).extracting(RunEvent::epoch).containsExactly(3, 3, 3, 4, 4, 4);
  }

  @Test
  void aFailureIsTheLastEventAndIsForgottenWhenTheRunGoesOn() {
    RunFolder run = new RunFolder(folder.resolve("run"));
    String sentence = "";
    try (TrainingRun training = TrainingRun.start(run, Runs.config(300, 1e6), Runs.DATA, 1)) {
      training.train(event -> {}, () -> false);
    } catch (InputException e) {
      sentence = e.getMessage();
    }
    List<RunEvent> events = read(run);
    RunEvent last = events.get(events.size() - 1);
    assertThat(last.name()).isEqualTo("failure");
    assertThat(last.data().get("text").asText()).isEqualTo(sentence).startsWith("step ");
    try (Resumption resumption = Resumption.open(run, notice -> {});
        TrainingRun training = resumption.resume(Runs.DATA, 1)) {
      assertThat(training.folder()).isEqualTo(run);
      assertThat(read(run)).extracting(RunEvent::name).doesNotContain("failure");
    }
  }

  @Test
  void thePresentMomentIsThereWhileTrainingAndGoneAfterwards() {
    RunFolder run = new RunFolder(folder.resolve("run"));
    List<Optional<RunEvent>> seen = new ArrayList<>();
    try (TrainingRun training = TrainingRun.start(run, Runs.config(2, 0.003), Runs.DATA, 1)) {
      training.train(
          event -> {
            if (event instanceof TrainingEvent.Progress) {
              seen.add(ProgressFile.read(run.progress()));
            }
          },
          () -> false);
    }
    assertThat(seen).isNotEmpty().allMatch(Optional::isPresent);
    RunEvent last = seen.get(seen.size() - 1).get();
    assertThat(last.id()).isEqualTo(120);
    assertThat(last.name()).isEqualTo("progress");
    assertThat(last.data().get("step").asInt()).isEqualTo(6);
    assertThat(last.data().get("steps").asInt()).isEqualTo(6);
    assertThat(last.data().get("epochs").asInt()).isEqualTo(2);
    assertThat(last.data().get("seconds_left").asDouble()).isZero();
    assertThat(ProgressFile.read(run.progress())).isEmpty();
  }

  @Test
  void aMomentThatIsTornIsNone() throws IOException {
    Path file = folder.resolve("progress.json");
    EpochMetrics.TrainFigures means = new EpochMetrics.TrainFigures(3, 2, 1);
    ProgressFile progress = new ProgressFile(file);
    progress.write(new TrainingEvent.Progress(1, 4, 5, 6, 600, 1000, means));
    byte[] whole = Files.readAllBytes(file);
    assertThat(ProgressFile.read(file)).isPresent();
    for (int at : new int[] {0, 20, 90}) {
      byte[] torn = whole.clone();
      Arrays.fill(torn, at, at + 30, (byte) 0);
      Files.write(file, torn);
      assertThat(ProgressFile.read(file)).isEmpty();
    }
    Files.write(file, Arrays.copyOf(whole, 100));
    assertThat(ProgressFile.read(file)).isEmpty();
    progress.close();
    assertThat(file).doesNotExist();
  }

  /** Watching is worth less than training. */
  @Test
  void aMomentThatCannotBeWrittenStopsNothing() throws IOException {
    RunFolder run = new RunFolder(folder.resolve("run"));
    try (TrainingRun training = TrainingRun.start(run, Runs.config(1, 0.003), Runs.DATA, 1)) {
      Files.createDirectory(run.progress());
      assertThat(training.train(event -> {}, () -> false)).isTrue();
    }
    assertThat(run.model()).exists();
  }

  @Test
  void linesThatAreNoEventsAreNone() {
    for (String line :
        List.of(
            "",
            "{",
            "[]",
            "{\"id\":1.5,\"epoch\":1,\"event\":\"epoch\",\"data\":{}}",
            "{\"id\":1,\"epoch\":1,\"event\":\"other\",\"data\":{}}",
            "{\"id\":1,\"epoch\":1,\"event\":\"epoch\"}",
            "{\"id\":1,\"epoch\":1,\"event\":\"epoch\",\"data\":{}} more")) {
      assertThat(RunEvent.parse(line)).as(line).isEmpty();
    }
    assertThat(RunEvent.parse("{\"id\":1,\"epoch\":1,\"event\":\"epoch\",\"data\":{}}"))
        .isPresent();
  }

  /** A clock that stands still must not end a training. */
  @Test
  void anInfiniteSpeedIsToldAsNone() {
    EpochMetrics.TrainFigures means = new EpochMetrics.TrainFigures(3, 2, 1);
    double infinite = Double.POSITIVE_INFINITY;
    RunEvent event = RunEvent.of(new TrainingEvent.Progress(1, 4, 5, 6, 600, infinite, means));
    assertThat(event.data().get("images_per_second").isNull()).isTrue();
    assertThat(event.data().get("loss").asDouble()).isEqualTo(3);
  }

  @Test
  void aCollapseIsToldToTheListenerAndKept() {
    RunFolder run = new RunFolder(folder.resolve("run"));
    List<String> told = new ArrayList<>();
    // So many epochs of six steps that there are five hundred of them, under a KL that nothing
    // pays.
    try (TrainingRun training =
        TrainingRun.start(run, Runs.config(90, 0.003).with(ConfigKey.BETA, 1000.0), Runs.DATA, 1)) {
      training.train(
          event -> {
            if (event instanceof TrainingEvent.Warning warning) {
              told.add(warning.text());
            }
          },
          () -> false);
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("the posterior collapses; lower --beta (it is 1000)");
    assertThat(read(run).stream().filter(event -> event.name().equals("warning")))
        .singleElement()
        .satisfies(event -> assertThat(event.data().get("text").asText()).isEqualTo(told.get(0)))
        .satisfies(event -> assertThat(event.epoch()).isEqualTo(84));
  }

  @Test
  void aDiskThatIsFullIsToldInstead() {
    Path none = folder.resolve("none").resolve("events.jsonl");
    assertThatThrownBy(() -> new EventFile(none, RunFolder.files()).append(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("could not be written");
  }
}
