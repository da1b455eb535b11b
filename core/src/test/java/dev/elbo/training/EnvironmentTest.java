package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir Path folder;

  @Test
  void theFileHoldsTheFactsOfTheHost() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    JsonNode json = new JsonMapper().readTree(Files.readString(run.environment()));
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "elbo",
            "commit",
            "started",
            "java",
            "java_vm",
            "os",
            "architecture",
            "processor",
            "processors",
            "threads",
            "kernels",
            "data");
    assertThat(Instant.parse(json.get("started").asText()))
        .isBetween(Instant.now().minusSeconds(600), Instant.now());
    assertThat(json.get("java").asText()).isEqualTo(Runtime.version().toString());
    assertThat(json.get("processors").asInt())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(json.get("threads").asInt()).isEqualTo(1);
    assertThat(json.get("kernels").asText()).matches("plain|vector, [0-9]+ bits");
    assertThat(json.get("data").asText()).isEqualTo("generated");
    json.forEach(value -> assertThat(value.asText()).isNotBlank());
  }

  @Test
  void resumingRemembersWhereTheDataLayAndTheThreadsOfNow() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    try (Resumption resumption = Resumption.open(run, notice -> {})) {
      assertThat(resumption.dataLocation()).contains(Path.of("generated"));
    }
    assertThat(Runs.resume(run, 3, () -> false)).isTrue();
    JsonNode json = new JsonMapper().readTree(Files.readString(run.environment()));
    assertThat(json.get("threads").asInt()).isEqualTo(1);
    assertThat(json.get("resumed")).hasSize(1);
    assertThat(json.get("resumed").get(0).get("threads").asInt()).isEqualTo(3);
  }

  @Test
  void aMissingOrBrokenFileOnlyMeansThatTheDataMustBeGiven() throws IOException {
    RunFolder run = Runs.stopped(folder.resolve("run"), Runs.CONFIG, 1);
    for (String text : List.of("", "{\"data\":", "{}", "[]", "{\"data\": 3}")) {
      Files.writeString(run.environment(), text);
      try (Resumption resumption = Resumption.open(run, notice -> {})) {
        assertThat(resumption.dataLocation()).as(text).isEmpty();
      }
    }
    Files.delete(run.environment());
    assertThat(Runs.resume(run, 1, () -> false)).isTrue();
  }
}
