package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.model.ConfigKey;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves no trace: requests that are refused, and descriptions. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RunRefusalsTest {
  @TempDir static Path runs;
  private static RunServer server;

  @BeforeAll
  static void start() {
    RunFolder folder = new RunFolder(runs.resolve("run"));
    try (TrainingRun run = TrainingRun.start(folder, TinyData.config(1, 3), TinyData.SET, 1)) {
      assertThat(run.train(event -> {}, () -> false)).isTrue();
    }
    server = new RunServer(runs, 1);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** An id is looked up among those that are listed; it never becomes a path. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "..", "%2e%2e", "..%2Frun", "run%00", "RUN", "latest", "%2Fetc"})
  void anIdThatIsNotListedIsNotFound(String id) {
    for (String path : new String[] {"", "/events", "/epochs/1/samples.png"}) {
      HttpResponse<String> response = server.get("/runs/" + id + path);
      assertThat(response.statusCode()).as(id + path).isIn(400, 404);
      assertThat(response.body()).doesNotContain(runs.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"config\":{\"lr\":-1}} | config.lr | lr: expected a number above 0, found -1.0",
        "{\"config\":{\"lr\":\"fast\"}} | config.lr | expected a number for \"lr\", found \"fast\"",
        "{\"config\":{\"lr\":NaN}} | | found a fault at line 1, column",
        "{\"config\":{\"lr\":1e999}} | config.lr | lr",
        "{\"config\":{\"latent_size\":0}} | config.latent_size | expected a whole number from 1 to",
        "{\"config\":{\"latent_size\":[4,4,4]}} | config.hidden_size | hidden_size",
        "{\"config\":{\"num_epochs\":1.5}} | config.num_epochs | a whole number for \"num_epochs\"",
        "{\"config\":{\"likelihood\":\"gauss\"}} | config.likelihood | expected one of bernoulli, gaussian,",
        "{\"config\":{\"epochs\":3}} | config.epochs | did you mean \"num_epochs\"?",
        "{\"config\":{\"alpha\":1,\"beta\":1}} | config.alpha | expected one of them",
        "{\"config\":{\"patience\":3}} | config.patience | expected 0 without validation images",
        "{\"config\":{\"from_sha256\":\"ab\"},\"dataset\":\"pen\"} | config.from_sha256 | ",
        "{\"config\":[]} | config | expected an object",
        "{\"dataset\":\"cifar\"} | dataset | expected one that is on this machine",
        "{\"dataset\":\"folder\"} | dataset | expected one that is on this machine",
        "{\"config\":{\"dataset\":\"../x\"}} | config.dataset | expected one that is on this machine",
        "{\"dataset\":7} | dataset | expected a name in quotes",
        "{\"data\":\"/etc\"} | data | expected config and dataset",
        "[] | | expected a JSON object"
      })
  void aValueThatCannotBeTakenIsNamed(String body, String field, String sentence) {
    RunServer.assertRefused(
        server.post("/runs", body),
        400,
        field == null ? "" : field,
        sentence == null ? "" : sentence);
    assertThat(server.json("/runs").get("runs")).hasSize(1);
    assertThat(runs).isDirectoryContaining("glob:**run").isDirectoryNotContaining("glob:**20*");
  }

  @Test
  void everyKeyIsDescribed() {
    JsonNode config = server.json("/config");
    assertThat(config.get("keys")).hasSize(ConfigKey.values().length);
    JsonNode latent = config.get("keys").get(5);
    assertThat(latent.get("key").asText()).isEqualTo("latent_size");
    assertThat(latent.get("type").asText()).isEqualTo("sizes");
    assertThat(latent.get("default").asInt()).isEqualTo(64);
    assertThat(latent.get("least").asInt()).isEqualTo(1);
    assertThat(latent.get("help").asText()).startsWith("latent dimensions");
    assertThat(config.get("datasets"))
        .anySatisfy(
            set -> {
              assertThat(set.get("name").asText()).isEqualTo("pen");
              assertThat(set.get("here").asBoolean()).isTrue();
            });
  }

  /** The customary alpha 0.001 is β 0.784, and half of it for squared errors, β = 1 at σ 0.626. */
  @Test
  void weightsOfTheKlAreTranslated() {
    JsonNode bernoulli = server.json("/config/translate?alpha=0.001");
    assertThat(bernoulli.get("beta").asDouble()).isEqualTo(0.784);
    assertThat(bernoulli.get("sigma").isNull()).isTrue();
    JsonNode gaussian = server.json("/config/translate?alpha=0.001&likelihood=gaussian");
    assertThat(gaussian.get("beta").asDouble()).isEqualTo(0.392);
    assertThat(gaussian.get("sigma").asDouble()).isEqualTo(StrictMath.sqrt(0.392));
    assertThat(server.json("/config/translate?beta=4").get("alpha").asDouble())
        .isEqualTo(4.0 / 784);
    RunServer.assertRefused(server.get("/config/translate?alpha=-1"), 400, "alpha", "0 or more");
    RunServer.assertRefused(
        server.get("/config/translate?beta=NaN"), 400, "beta", "expected a number");
    RunServer.assertRefused(
        server.get("/config/translate?likelihood=x"), 400, "likelihood", "one of");
    RunServer.assertRefused(
        server.get("/config/translate?alpha=1&beta=1"), 400, "alpha", "one of them");
  }
}
