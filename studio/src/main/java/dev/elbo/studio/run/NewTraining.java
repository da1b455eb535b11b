package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.InputException;
import dev.elbo.data.DataSet;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.Problem;
import dev.elbo.training.DataShape;
import dev.elbo.training.RunFolder;
import dev.elbo.training.TrainingRun;
import dev.elbo.training.WarmUp;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A training that a request asked for: the values of its configuration, checked.
 *
 * @param settings the defaults with what was asked for laid over them
 */
record NewTraining(Settings settings) {
  private static final String SOURCE = "the request";
  private static final String CONFIG = "config";
  private static final String DATASET = "dataset";

  /**
   * @param body {@code {"config":{key:value},"dataset":name}}, both of which may be left out
   * @throws Problem 400 with the name of the value that cannot be taken
   */
  static NewTraining of(JsonNode body, LocalData data) {
    if (!body.isObject()) {
      throw new Problem(400, "body: expected a JSON object such as {\"config\":{\"lr\":0.001}}");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals(CONFIG) && !name.equals(DATASET)) {
                throw Problem.badValue(
                    name, "body: expected config and dataset, found another name; leave it out");
              }
            });
    Map<ConfigKey, Settings.Entry> values = values(body.path(CONFIG));
    if (body.has(DATASET)) {
      values.put(ConfigKey.DATASET, new Settings.Entry(dataset(body.get(DATASET)), SOURCE));
    }
    Settings settings = Settings.defaults();
    config(() -> settings.lay(values));
    config(settings::config);
    String name = settings.entries().get(ConfigKey.DATASET).text();
    settings.lay(ConfigKey.DATASET, name.isEmpty() ? data.byDefault() : name, SOURCE);
    try {
      data.requireHere(settings.config().dataset());
    } catch (InputException e) {
      throw Problem.badValue(body.has(DATASET) ? DATASET : CONFIG + "." + DATASET, e.getMessage());
    }
    return new NewTraining(settings);
  }

  private static String dataset(JsonNode node) {
    if (!node.isTextual()) {
      throw Problem.badValue(DATASET, "dataset: expected a name in quotes, found another value");
    }
    return node.asText();
  }

  /** Each value on its own, so that an error can name it. */
  private static Map<ConfigKey, Settings.Entry> values(JsonNode config) {
    Map<ConfigKey, Settings.Entry> values = new EnumMap<>(ConfigKey.class);
    if (config.isMissingNode()) {
      return values;
    }
    if (!config.isObject()) {
      throw Problem.badValue(CONFIG, "config: expected an object such as {\"lr\":0.001}");
    }
    config
        .properties()
        .forEach(
            property -> {
              JsonNode one = Json.object().set(property.getKey(), property.getValue());
              try {
                values.putAll(ConfigJson.read(one.toString(), SOURCE));
              } catch (InputException e) {
                throw Problem.badValue(CONFIG + "." + property.getKey(), e.getMessage());
              }
            });
    return values;
  }

  /** A sentence about a value begins with its key. */
  static void config(Runnable check) {
    try {
      check.run();
    } catch (InputException e) {
      throw problem(e);
    }
  }

  static Problem problem(InputException e) {
    String first = e.getMessage().split("[: ]", 2)[0];
    for (ConfigKey key : ConfigKey.values()) {
      if (key.key().equals(first)) {
        return Problem.badValue(CONFIG + "." + first, e.getMessage());
      }
    }
    return Problem.badValue(CONFIG, e.getMessage());
  }

  /** Loads the data, fits the configuration to it, and begins the run. */
  TrainingRun open(RunFolder folder, LocalData data, int threads) {
    Config asked = settings.config();
    DataSet set = WarmUp.during(asked, () -> data.load(asked.dataset(), asked.seed()));
    Config fitted = DataShape.fit(asked, settings, set);
    return TrainingRun.start(folder, fitted, set, Optional.empty(), threads);
  }
}
