package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.data.PenDigits;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.Settings;
import dev.elbo.studio.run.EventClient.Event;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on pen digits that the page starts, watches, pauses and goes on with. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LiveTrainingTest {
  private static final String CONFIG =
      "{\"num_epochs\":2,\"hidden_size\":32,\"latent_size\":4,\"batch_size\":256,\"seed\":3}";

  private static final String BODY = "{\"config\":" + CONFIG + ",\"dataset\":\"pen\"}";

  /** ⌈60,000 / 256⌉. */
  private static final int STEPS = 235;

  @TempDir static Path shared;
  private static RunFolder uninterrupted;

  @TempDir Path runs;

  @BeforeAll
  static void trainOnce() {
    Settings settings = Settings.defaults();
    settings.lay(ConfigJson.read(CONFIG, "a test"));
    Config config = settings.config().withDataset("pen");
    uninterrupted = new RunFolder(shared.resolve("whole"));
    try (TrainingRun run =
        TrainingRun.start(uninterrupted, config, PenDigits.dataSet(config.seed()), 2)) {
      assertThat(run.train(event -> {}, () -> false)).isTrue();
    }
  }

  private void assertSameModel(RunServer server, String id) throws IOException {
    String name = server.json("/runs/" + id).get("name").asText();
    assertThat(Files.readAllBytes(runs.resolve(name).resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(uninterrupted.model()));
  }

  private static void assertComplete(List<Event> kept) {
    assertThat(kept)
        .extracting(Event::id)
        .containsExactly(
            STEPS * 10L + 1,
            STEPS * 10L + 2,
            STEPS * 10L + 3,
            STEPS * 20L + 1,
            STEPS * 20L + 2,
            STEPS * 20L + 3);
    assertThat(kept)
        .extracting(Event::name)
        .containsExactly("epoch", "kl", "pictures", "epoch", "kl", "pictures");
  }

  @Test
  void aTrainingTellsAllThatHappensInOrderAndAReconnectGivesWhatIsMissing() throws IOException {
    try (RunServer server = new RunServer(runs, 2)) {
      String id = server.start(BODY);
      try (EventClient client = server.events(id, 0)) {
        RunServer.assertRefused(
            server.post("/runs", BODY), 409, "", "training: expected none under way, found one");
        client.await(event -> event.isState("training"));
        client.await(event -> event.isState("finished"));
        List<Event> all = client.all();
        assertComplete(client.kept());
        List<Event> moments = all.stream().filter(e -> e.name().equals("progress")).toList();
        assertThat(moments).isNotEmpty();
        JsonNode moment = moments.get(0).data();
        assertThat(moment.get("epochs").asInt()).isEqualTo(2);
        assertThat(moment.get("steps").asInt()).isEqualTo(STEPS);
        assertThat(moment.get("images_per_second").asDouble()).isPositive();
        assertThat(moment.get("seconds_left").asDouble()).isPositive();
        assertThat(moment.get("loss").asDouble()).isPositive();
        assertThat(all.stream().map(Event::id).filter(number -> number > 0))
            .isSorted()
            .doesNotHaveDuplicates();
        assertThat(all.stream().filter(e -> e.name().equals("state")))
            .extracting(e -> e.data().get("state").asText())
            .containsExactly("training", "finished");
        JsonNode kl = client.kept().get(4).data().get("kl_per_dimension");
        assertThat(kl).hasSize(4);
      }
      JsonNode one = server.json("/runs/" + id);
      assertThat(one.get("state").asText()).isEqualTo("finished");
      assertThat(one.get("metrics")).hasSize(2);
      assertThat(one.get("samples")).hasSize(2);
      assertThat(one.get("config").get("dataset").asText()).isEqualTo("pen");
      assertSameModel(server, id);
      try (EventClient again = server.events(id, STEPS * 10L + 2)) {
        again.await(event -> event.id() == STEPS * 20L + 3);
        again.await(event -> event.isState("finished"));
        assertThat(again.kept())
            .extracting(Event::id)
            .containsExactly(STEPS * 10L + 3, STEPS * 20L + 1, STEPS * 20L + 2, STEPS * 20L + 3);
      }
    }
  }

  @Test
  void pausingAndARestartOfTheServerChangeNoByteAndLoseNoEvent() throws IOException {
    String id;
    try (RunServer server = new RunServer(runs, 2)) {
      id = server.start(BODY);
      try (EventClient client = server.events(id, 0)) {
        client.await(event -> event.name().equals("progress"));
        JsonNode answer = RunServer.parse(server.post("/runs/" + id + "/pause", ""));
        assertThat(answer.get("state").asText()).isEqualTo("paused");
        client.await(event -> event.isState("paused"));
        assertThat(server.json("/runs").get("runs").get(0).get("state").asText())
            .isEqualTo("paused");
        assertThat(server.post("/runs/" + id + "/resume", "").statusCode()).isEqualTo(200);
        client.await(event -> event.name().equals("pictures"));
        // What is under way when the server ends is saved.
      }
    }
    try (RunServer server = new RunServer(runs, 1)) {
      JsonNode one = server.json("/runs/" + id);
      assertThat(one.get("state").asText()).isEqualTo("stopped");
      assertThat(one.get("epoch").asInt()).isEqualTo(1);
      try (EventClient client = server.events(id, STEPS * 10L + 1)) {
        client.await(event -> event.isState("stopped"));
        assertThat(server.post("/runs/" + id + "/resume", "").statusCode()).isEqualTo(200);
        client.await(event -> event.isState("finished"));
        assertThat(client.kept())
            .extracting(Event::id)
            .containsExactly(
                STEPS * 10L + 2,
                STEPS * 10L + 3,
                STEPS * 20L + 1,
                STEPS * 20L + 2,
                STEPS * 20L + 3);
      }
      try (EventClient whole = server.events(id, 0)) {
        whole.await(event -> event.id() == STEPS * 20L + 3);
        assertComplete(whole.kept());
      }
      assertSameModel(server, id);
    }
  }

  @Test
  void aTrainingThatIsStoppedCanBeResumedAndAnotherStartedMeanwhile() {
    try (RunServer server = new RunServer(runs, 2)) {
      String id = server.start(BODY);
      JsonNode answer = RunServer.parse(server.post("/runs/" + id + "/pause", ""));
      assertThat(answer.get("state").asText()).isEqualTo("paused");
      answer = RunServer.parse(server.post("/runs/" + id + "/stop", ""));
      assertThat(answer.get("state").asText()).isEqualTo("stopped");
      RunServer.assertRefused(
          server.post("/runs/" + id + "/stop", ""), 409, "", "expected one that is training");
      String other = server.start(BODY);
      assertThat(other).isNotEqualTo(id);
      RunServer.assertRefused(
          server.post("/runs/" + id + "/resume", ""), 409, "", "found one; pause or stop it");
    }
  }
}
