package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RunRoutesTest {
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

  private RunFolder trained(String name, int epochs) {
    RunFolder folder = new RunFolder(runs.resolve(name));
    try (TrainingRun run = TrainingRun.start(folder, TinyData.config(epochs, 3), TinyData.SET, 1)) {
      assertThat(run.train(event -> {}, () -> false)).isTrue();
    }
    return folder;
  }

  @Test
  void aFolderWithoutRunsHasNone() {
    assertThat(server.json("/runs").get("runs")).isEmpty();
  }

  @Test
  void aFinishedRunIsListedAndDescribed() {
    trained("My Run.1", 2);
    JsonNode listed = server.json("/runs").get("runs").get(0);
    assertThat(listed.get("id").asText()).isEqualTo("my-run-1");
    assertThat(listed.get("name").asText()).isEqualTo("My Run.1");
    assertThat(listed.get("state").asText()).isEqualTo("finished");
    assertThat(listed.get("elsewhere").asBoolean()).isFalse();
    assertThat(listed.get("epoch").asInt()).isEqualTo(2);
    assertThat(listed.get("epochs").asInt()).isEqualTo(2);
    assertThat(listed.get("started").asText()).matches("20..-..-..T..:..:..Z");
    assertThat(listed.get("config").get("latent_size").asInt()).isEqualTo(3);
    JsonNode one = server.json("/runs/my-run-1");
    assertThat(one.get("metrics")).hasSize(2);
    assertThat(one.get("metrics").get(1).get("epoch").asInt()).isEqualTo(2);
    assertThat(one.get("metrics").get(1).get("test_loss").isNumber()).isTrue();
    assertThat(one.get("samples")).hasSize(2);
    assertThat(one.get("reconstructions")).hasSize(2);
  }

  @Test
  void everyEpochHasItsPictures() throws Exception {
    RunFolder run = trained("run", 2);
    assertPicture("/runs/run/epochs/1/samples.png", run.samples(1));
    assertPicture("/runs/run/epochs/2/samples.png", run.samples(2));
    assertPicture("/runs/run/epochs/2/reconstructions.png", run.picture(2));
    RunServer.assertRefused(
        server.get("/runs/run/epochs/3/samples.png"), 404, "", "that has a picture");
    for (String epoch : new String[] {"0", "-1", "01", "1.5", "x", "99999999", "..%2F1"}) {
      HttpResponse<String> response = server.get("/runs/run/epochs/" + epoch + "/samples.png");
      assertThat(response.statusCode()).as(epoch).isIn(400, 404);
    }
  }

  private void assertPicture(String path, Path file) throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(response.body()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void namesThatGiveTheSameIdAreToldApart() {
    trained("a b", 1);
    trained("a-b", 1);
    assertThat(server.json("/runs").get("runs"))
        .extracting(run -> run.get("id").asText())
        .containsExactly("a-b", "a-b-2");
    assertThat(server.json("/runs/a-b-2").get("name").asText()).isEqualTo("a-b");
  }

  @Test
  void aRunThatCannotBeReadHidesNoOther() throws IOException {
    trained("good", 1);
    Files.createDirectory(runs.resolve("bad"));
    Files.writeString(runs.resolve("bad").resolve("config.json"), "{");
    JsonNode listed = server.json("/runs").get("runs");
    assertThat(listed).hasSize(2);
    assertThat(listed.get(0).get("state").asText()).isEqualTo("failed");
    assertThat(listed.get(0).get("text").asText()).contains("config.json: expected a JSON object");
    assertThat(listed.get(1).get("state").asText()).isEqualTo("finished");
  }

  @Test
  void onlyThePageStartsAndStops() {
    trained("run", 1);
    for (String path :
        new String[] {"/runs", "/runs/run/pause", "/runs/run/resume", "/runs/run/stop"}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.uri(path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"));
      RunServer.assertRefused(
          server.send(request), 403, "", "X-Elbo-Token: expected the token of the page");
    }
  }

  @Test
  void aRunThatNobodyTrainsHereCannotBePaused() {
    trained("run", 1);
    RunServer.assertRefused(
        server.post("/runs/run/pause", ""), 409, "", "expected one that is training");
    RunServer.assertRefused(
        server.post("/runs/run/stop", ""), 409, "", "expected one that is training");
    RunServer.assertRefused(server.post("/runs/run/resume", ""), 409, "", "found it finished");
  }

  @Test
  void idsOfEventsAreNumbers() {
    trained("run", 1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/runs/run/events")).header("Last-Event-ID", "-3");
    RunServer.assertRefused(
        server.send(request), 400, "Last-Event-ID", "expected the id of an event");
    RunServer.assertRefused(server.get("/runs/run/events?after=x"), 400, "after", "a whole number");
  }

  @Test
  void whoAsksForTheHeadOfTheEventsDoesNotWatch() {
    trained("run", 1);
    long began = System.nanoTime();
    for (int i = 0; i < 60; i++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/runs/run/events"));
      int status =
          server.send(request.method("HEAD", HttpRequest.BodyPublishers.noBody())).statusCode();
      assertThat(status).isIn(200, 404, 405);
    }
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void moreWatchersThanThreadsAreRefused() {
    trained("run", 1);
    List<EventClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 48; i++) {
        clients.add(server.events("run", 0));
      }
      HttpResponse<String> refused = server.get("/runs/run/events");
      RunServer.assertRefused(refused, 503, "", "at most 48 watchers");
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    } finally {
      clients.forEach(EventClient::close);
    }
  }
}
