package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.studio.http.Json;
import dev.elbo.training.EpochMetrics;
import dev.elbo.training.RunEvent;
import dev.elbo.training.RunFolder;
import dev.elbo.training.RunSummary;
import java.nio.file.Files;
import java.util.Optional;

/** Runs as JSON. */
record RunReport(RunList list, RunStates states) {

  /** All runs; one that cannot be read is listed with the reason. */
  ObjectNode all() {
    ObjectNode document = Json.object();
    ArrayNode runs = document.putArray("runs");
    list.byId()
        .forEach(
            (id, run) -> {
              try {
                runs.add(summary(id, run));
              } catch (InputException e) {
                ObjectNode broken = runs.addObject();
                broken.put("id", id);
                broken.put("name", list.name(run));
                broken.put("state", RunState.FAILED.toString());
                broken.put("text", e.getMessage());
              }
            });
    return document;
  }

  private ObjectNode summary(String id, RunFolder run) {
    RunSummary summary = RunSummary.of(run);
    ObjectNode document = Json.object();
    document.put("id", id);
    document.put("name", list.name(run));
    states.describe(run, document);
    document.put("epoch", summary.epochs());
    document.put("epochs", summary.config().epochs());
    run.started().ifPresent(at -> document.put("started", at));
    document.set("config", config(summary.config()));
    document.put("beta", summary.config().beta());
    return document;
  }

  /** One run with its history. */
  ObjectNode one(String id, RunFolder run) {
    ObjectNode document = summary(id, run);
    ArrayNode metrics = document.putArray("metrics");
    ArrayNode reconstructions = document.putArray("reconstructions");
    ArrayNode samples = document.putArray("samples");
    for (EpochMetrics row : run.rows()) {
      metrics.add(RunEvent.json(row));
      if (Files.exists(run.picture(row.epoch()))) {
        reconstructions.add(row.epoch());
      }
      if (Files.exists(run.samples(row.epoch()))) {
        samples.add(row.epoch());
      }
    }
    return document;
  }

  /** Every key with its value as it is in a configuration file. */
  static ObjectNode config(Config config) {
    ObjectNode document = Json.object();
    for (ConfigKey key : ConfigKey.values()) {
      Optional<String> text = key.text(config);
      text.ifPresent(value -> document.set(key.key(), value(key, value)));
    }
    return document;
  }

  private static JsonNode value(ConfigKey key, String text) {
    return ConfigJson.node(key, text);
  }
}
