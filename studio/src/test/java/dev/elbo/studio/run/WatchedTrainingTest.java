package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.InputException;
import dev.elbo.model.ConfigKey;
import dev.elbo.studio.run.EventClient.Event;
import dev.elbo.training.ProgressFile;
import dev.elbo.training.Resumption;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingEvent;
import dev.elbo.training.TrainingRun;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of other processes, and clients that read slowly. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WatchedTrainingTest {
  /** From a step's end to its event with the client; the middle of many, as CI is noisy. */
  private static final long MOST_MILLIS = 250;

  @TempDir Path runs;
  private RunServer server;

  @BeforeEach
  void start() {
    server = new RunServer(runs, 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The other process: says when each moment was, and trains slowly for so many epochs. */
  static final class Trainee {
    private Trainee() {}

    public static void main(String[] arguments) {
      RunFolder folder = new RunFolder(Path.of(arguments[0]));
      int epochs = Integer.parseInt(arguments[1]);
      try (TrainingRun run =
          TrainingRun.start(folder, TinyData.config(epochs, 3), TinyData.SET, 1)) {
        run.train(
            event -> {
              if (event instanceof TrainingEvent.Progress moment) {
                System.out.println(moment.step() * 10 + " " + System.currentTimeMillis());
              }
            },
            Trainee::pause);
      }
    }

    private static boolean pause() {
      try {
        Thread.sleep(70);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return false;
    }
  }

  @Test
  void aTrainingOfAnotherProcessIsWatchedLiveAndLeftInPeace() throws Exception {
    Process other = trainee(8);
    SortedMap<Long, Long> told = new TreeMap<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      read(out.readLine(), told);
      JsonNode listed = server.json("/runs").get("runs").get(0);
      assertThat(listed.get("state").asText()).isEqualTo("training");
      assertThat(listed.get("elsewhere").asBoolean()).isTrue();
      try (EventClient client = server.events("run", 0)) {
        client.await(event -> event.name().equals("progress"));
        RunServer.assertRefused(
            server.post("/runs/run/pause", ""), 409, "", "found one of another process");
        RunServer.assertRefused(
            server.post("/runs/run/resume", ""), 409, "", "in use by another process");
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          read(line, told);
        }
        client.await(event -> event.isState("finished"));
        assertThat(client.kept()).hasSize(8 * 3);
        assertThat(medianDelay(client.all(), told)).isLessThan(MOST_MILLIS);
      }
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other.exitValue()).isZero();
    } finally {
      other.destroyForcibly();
    }
  }

  private Process trainee(int epochs) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Trainee.class.getName(),
            runs.resolve("run").toString(),
            String.valueOf(epochs))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void read(String line, SortedMap<Long, Long> told) {
    String[] words = line.split(" ");
    told.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }

  private static long medianDelay(List<Event> events, SortedMap<Long, Long> told) {
    List<Long> delays =
        events.stream()
            .filter(event -> event.name().equals("progress"))
            .map(event -> event.at() - told.get(event.id()))
            .sorted()
            .toList();
    assertThat(delays).hasSizeGreaterThan(10);
    System.out.printf("step to event, other process: %s ms, of %d%n", delays, delays.size());
    return delays.get(delays.size() / 2);
  }

  @Test
  void aRunWhoseProcessWasKilledIsStopped() throws Exception {
    RunFolder run = new RunFolder(runs.resolve("run"));
    Process other = trainee(10_000);
    try {
      // A moment lies in the folder, and the first two epochs are over.
      while (!Files.exists(run.events())
          || Files.readString(run.events()).lines().count() < 6
          || ProgressFile.text(run.progress()).isEmpty()) {
        assertThat(other.isAlive()).isTrue();
        Thread.sleep(10);
      }
      assertThat(server.json("/runs/run").get("state").asText()).isEqualTo("training");
    } finally {
      other.destroyForcibly().waitFor();
    }
    // Died in the midst of a line, with its moment and its lock file left behind.
    Files.writeString(run.events(), "{\"id\":1234", StandardOpenOption.APPEND);
    assertThat(run.progress()).exists();
    assertThat(run.path().resolve(".lock")).exists();
    int epochs = run.rows().size();
    JsonNode one = server.json("/runs/run");
    assertThat(one.get("state").asText()).isEqualTo("stopped");
    assertThat(one.get("elsewhere").asBoolean()).isFalse();
    assertThat(one.get("epoch").asInt()).isEqualTo(epochs).isGreaterThanOrEqualTo(2);
    try (EventClient client = server.events("run", 0)) {
      client.await(event -> event.isState("stopped"));
      client.await(event -> event.name().equals("epoch") && event.id() == epochs * 60L + 1);
      assertThat(client.kept()).hasSize(epochs * 3);
    }
    // The dead process's lock keeps nobody from going on.
    try (Resumption resumption = Resumption.open(run, notice -> {});
        TrainingRun again = resumption.resume(TinyData.SET, 1)) {
      assertThat(again.trainer().step()).isGreaterThanOrEqualTo(12);
      assertThat(server.json("/runs/run").get("state").asText()).isEqualTo("training");
    }
  }

  @Test
  void aFailureIsToldAndRememberedByAServerThatKnowsNothing() {
    RunFolder run = new RunFolder(runs.resolve("run"));
    String sentence = "";
    try (TrainingRun training =
        TrainingRun.start(run, TinyData.config(50, 3).with(ConfigKey.LR, 1e30), TinyData.SET, 1)) {
      training.train(event -> {}, () -> false);
    } catch (InputException e) {
      sentence = e.getMessage();
    }
    assertThat(sentence).contains("became");
    JsonNode one = server.json("/runs/run");
    assertThat(one.get("state").asText()).isEqualTo("failed");
    assertThat(one.get("text").asText()).isEqualTo(sentence);
    try (EventClient client = server.events("run", 0)) {
      Event warning = client.await(event -> event.name().equals("warning"));
      assertThat(warning.data().get("text").asText()).isEqualTo(sentence);
      assertThat(client.await(event -> event.isState("failed")).data().get("text").asText())
          .isEqualTo(sentence);
    }
  }

  /** What it does not take waits in the file, and the training does not wait. */
  @Test
  void aClientThatDoesNotReadHoldsNobodyUpAndLosesNothing() throws Exception {
    int epochs = 40;
    RunFolder run = new RunFolder(runs.resolve("run"));
    Session session =
        server.trainings.begin(
            run, () -> TrainingRun.start(run, TinyData.config(epochs, 3), TinyData.SET, 1));
    BlockedClient client = new BlockedClient();
    AtomicBoolean over = new AtomicBoolean();
    EventStream stream = new EventStream(run, new RunStates(server.trainings), 0, over::get);
    Thread sender = new Thread(() -> send(stream, client), "sender");
    sender.start();
    client.isBlocked.await();
    assertThat(session.await(100_000)).isTrue();
    assertThat(session.state()).isEqualTo(RunState.FINISHED);
    assertThat(client.text()).isEmpty();
    client.mayGoOn.countDown();
    while (!client.text().contains("\"finished\"")) {
      Thread.sleep(10);
    }
    over.set(true);
    sender.join();
    List<Long> ids =
        client
            .text()
            .lines()
            .filter(line -> line.startsWith("id: "))
            .map(line -> Long.parseLong(line.substring(4)))
            .filter(id -> id % 10 != 0)
            .toList();
    assertThat(ids).hasSize(epochs * 3).isSorted().doesNotHaveDuplicates();
  }

  private static void send(EventStream stream, OutputStream client) {
    try {
      stream.writeTo(client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes nothing until it is let go on. */
  private static final class BlockedClient extends OutputStream {
    private final CountDownLatch isBlocked = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      isBlocked.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      bytes.write(b);
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
