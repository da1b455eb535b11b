package dev.elbo.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A {@link Config} as JSON and back: one flat object with the keys of {@link ConfigKey}. */
public final class ConfigJson {
  private static final int DEEPEST = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ConfigJson() {}

  /** The values of a JSON text, to be laid over others; {@code source} names it in errors. */
  public static Map<ConfigKey, Settings.Entry> read(String json, String source) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: expected a JSON object such as {\"lr\": 0.001}, found %s; mend it"
              .formatted(source, place(e)),
          e);
    }
    if (!root.isObject()) {
      throw new InputException(
          "%s: expected a JSON object such as {\"lr\": 0.001}, found %s; mend it"
              .formatted(source, root.isMissingNode() ? "nothing" : root.getNodeType()));
    }
    Map<ConfigKey, Settings.Entry> found = new EnumMap<>(ConfigKey.class);
    root.properties()
        .forEach(
            property -> {
              ConfigKey key = ConfigKey.of(property.getKey(), source);
              String text = text(key, property.getValue(), source);
              found.put(key, new Settings.Entry(text, source));
            });
    return found;
  }

  private static String place(JsonProcessingException e) {
    String problem = e.getOriginalMessage().lines().findFirst().orElse("a fault");
    return e.getLocation() == null
        ? problem
        : "%s (line %d)".formatted(problem, e.getLocation().getLineNr());
  }

  private static String text(ConfigKey key, JsonNode value, String source) {
    boolean fits =
        switch (key.type().form()) {
          case WHOLE -> value.isIntegralNumber();
          case NUMBER -> value.isNumber();
          case WORD -> value.isTextual();
          case TRUTH -> value.isBoolean();
          case SIZES -> isWholes(value);
          case GROUPS -> isWholes(value) || isListOf(value, ConfigJson::isListOfWholes);
        };
    if (!fits) {
      String expected =
          switch (key.type().form()) {
            case WHOLE -> "a whole number";
            case NUMBER -> "a number";
            case WORD -> "a word in quotes";
            case TRUTH -> "true or false";
            case SIZES, GROUPS -> "a whole number or a list of them";
          };
      throw new InputException(
          "%s: expected %s for \"%s\", found %s; mend it"
              .formatted(source, expected, key.key(), value));
    }
    return text(value);
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(text(part)));
    return String.join(value.get(0).isArray() ? "/" : ",", parts);
  }

  private static boolean isWholes(JsonNode value) {
    return value.isIntegralNumber() || isListOfWholes(value);
  }

  private static boolean isListOfWholes(JsonNode value) {
    return isListOf(value, JsonNode::isIntegralNumber);
  }

  private static boolean isListOf(JsonNode value, Predicate<JsonNode> kind) {
    if (!value.isArray() || value.isEmpty()) {
      return false;
    }
    for (JsonNode part : value) {
      if (!kind.test(part)) {
        return false;
      }
    }
    return true;
  }

  /** The same text for the same configuration, on every JDK: one key a line. */
  public static String write(Config config) {
    ObjectNode root = JsonNodeFactory.withExactBigDecimals(true).objectNode();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.isStored(config)) {
        root.set(key.key(), node(key, key.text(config).orElseThrow()));
      }
    }
    List<String> lines = new ArrayList<>();
    root.properties().forEach(p -> lines.add("  \"" + p.getKey() + "\": " + p.getValue()));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  /** A sound text of a key as JSON. */
  public static JsonNode node(ConfigKey key, String text) {
    JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
    return switch (key.type().form()) {
      case WHOLE -> nodes.numberNode(Long.parseLong(text));
      case NUMBER -> nodes.numberNode(new BigDecimal(text));
      case WORD -> nodes.textNode(text);
      case TRUTH -> nodes.booleanNode(text.equals("true"));
      case SIZES -> sizes(nodes, text);
      case GROUPS -> groups(nodes, text);
    };
  }

  private static JsonNode groups(JsonNodeFactory nodes, String text) {
    if (text.indexOf('/') < 0) {
      return sizes(nodes, text);
    }
    ArrayNode list = nodes.arrayNode();
    for (String group : text.split("/")) {
      list.add(list(nodes, List.of(group.split(","))));
    }
    return list;
  }

  private static JsonNode sizes(JsonNodeFactory nodes, String text) {
    List<String> parts = text.isEmpty() ? List.of() : List.of(text.split(","));
    if (parts.size() == 1) {
      return nodes.numberNode(Long.parseLong(parts.get(0)));
    }
    return list(nodes, parts);
  }

  private static ArrayNode list(JsonNodeFactory nodes, List<String> parts) {
    ArrayNode list = nodes.arrayNode();
    parts.forEach(part -> list.add(Long.parseLong(part)));
    return list;
  }

  /** The configuration of a JSON text over the defaults. */
  public static Config parse(String json, String source) {
    Settings settings = Settings.defaults();
    settings.lay(read(json, source));
    return settings.config();
  }
}
