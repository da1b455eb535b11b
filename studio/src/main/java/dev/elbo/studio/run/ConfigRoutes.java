package dev.elbo.studio.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.ConfigType;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Settings;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.Parameter;
import dev.elbo.studio.http.Payload;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.http.Route;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a training may be asked for, and its weight of the KL in other words. */
record ConfigRoutes(LocalData data) {
  private static final List<ConfigKey> WEIGHTS =
      List.of(ConfigKey.ALPHA, ConfigKey.BETA, ConfigKey.LIKELIHOOD, ConfigKey.INPUT_SIZE);

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/v1/config",
                "The keys of a configuration: type, range, default and help",
                request -> Answer.json(keys()))
            .gives(Payload.json("Config")),
        Route.get(
                "/api/v1/config/translate",
                "A weight of the KL as alpha, as beta and, for the Gaussian, as sigma",
                ConfigRoutes::translate)
            .parameters(
                new Parameter("alpha", "number", "", "against the mean loss per pixel"),
                new Parameter("beta", "number", "", "against the summed loss, instead of alpha"),
                new Parameter("likelihood", "string", "bernoulli", "of a pixel"),
                new Parameter("input_size", "integer", "784", "pixels of an image"))
            .gives(Payload.json("Weight")));
  }

  private ObjectNode keys() {
    ObjectNode document = Json.object();
    ArrayNode keys = document.putArray("keys");
    for (ConfigKey key : ConfigKey.values()) {
      keys.add(describe(key));
    }
    ArrayNode sets = document.putArray("datasets");
    for (LocalData.Known set : data.all()) {
      sets.addObject()
          .put("name", set.name())
          .put("description", set.description())
          .put("here", set.here());
    }
    document.put("dataset", data.byDefault());
    return document;
  }

  private static ObjectNode describe(ConfigKey key) {
    ConfigType type = key.type();
    ObjectNode document = Json.object();
    document.put("key", key.key());
    document.put("type", type.form().name().toLowerCase(Locale.ROOT));
    key.text(Config.DEFAULT)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> document.set("default", ConfigJson.node(key, text)));
    ArrayNode words = document.putArray("words");
    type.words().forEach(words::add);
    if (isNumber(type.form())) {
      document.put("least", type.least());
      document.put("above_least", type.open());
      if (!Double.isInfinite(type.most())) {
        document.put("most", type.most());
        document.put("below_most", type.below());
      }
    }
    document.put("help", key.description());
    // Those without a flag are taken from the data.
    document.put("asked", key.flag().isPresent());
    return document;
  }

  private static boolean isNumber(ConfigType.Form form) {
    return switch (form) {
      case WHOLE, NUMBER, SIZES, GROUPS -> true;
      case WORD, TRUTH -> false;
    };
  }

  private static Answer translate(Request request) {
    Map<ConfigKey, Settings.Entry> values = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : WEIGHTS) {
      request
          .query(key.key())
          .ifPresent(
              text -> values.put(key, new Settings.Entry(shortened(key, text), "the request")));
    }
    try {
      Settings settings = Settings.defaults();
      settings.lay(values);
      return Answer.json(weight(settings.config()));
    } catch (InputException e) {
      String first = e.getMessage().split("[: ]", 2)[0];
      throw Problem.badValue(first, e.getMessage());
    }
  }

  /** A number may be long, but not so long that reading it takes a second. */
  private static String shortened(ConfigKey key, String text) {
    int most = 64;
    if (text.length() > most) {
      throw Problem.badValue(
          key.key(), "%s: expected at most %d characters, found more".formatted(key.key(), most));
    }
    return text;
  }

  private static ObjectNode weight(Config config) {
    ObjectNode document = Json.object();
    document.put("alpha", config.klWeight().alpha(config.vae()));
    document.put("beta", config.beta());
    if (config.vae().likelihood() == LikelihoodKind.GAUSSIAN) {
      document.put("sigma", config.klWeight().sigmaOfUnitBeta(config.vae()));
    } else {
      document.putNull("sigma");
    }
    return document;
  }
}
