package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.model.ConfigKey;
import dev.elbo.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key whose values a sweep goes through. It is given as {@code beta=0.5,1,2} or as its flag
 * with several values; between values that are lists themselves stands a semicolon.
 *
 * @param source for people
 */
record SweptKey(ConfigKey key, List<String> values, String source) {
  private static final String EXAMPLE = "such as --beta 0.5,1,2 or kl-warmup=0,10";

  /**
   * @param assignment {@code KEY=V1,V2}, if there is one
   * @param flags the values given as flags; that of the key is taken out
   */
  static SweptKey of(Optional<String> assignment, Map<ConfigKey, Settings.Entry> flags) {
    List<SweptKey> found = new ArrayList<>();
    assignment.ifPresent(text -> found.add(ofAssignment(text)));
    flags.forEach(
        (key, entry) -> {
          if (entry.text().contains(separator(key))) {
            found.add(new SweptKey(key, split(entry.text(), separator(key)), entry.source()));
          }
        });
    if (found.isEmpty()) {
      throw new InputException(
          "sweep: expected several values of one key, %s, found none; name them"
              .formatted(EXAMPLE));
    }
    SweptKey swept = found.get(0);
    if (found.size() > 1) {
      throw new InputException(
          "sweep: expected several values of one key, found those of %s and of %s; give one value of all but one"
              .formatted(swept.source, found.get(1).source));
    }
    Settings.Entry single = flags.get(swept.key);
    if (single != null && !single.source().equals(swept.source)) {
      throw new InputException(
          "%s: expected its values in one place, found %s and %s %s; leave one out"
              .formatted(swept.key.key(), swept.source, single.source(), single.text()));
    }
    flags.remove(swept.key);
    return swept;
  }

  private static SweptKey ofAssignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new InputException(
          "sweep: expected KEY=V1,V2, %s, found %s; write it so".formatted(EXAMPLE, text));
    }
    String name = text.substring(0, equals).strip();
    ConfigKey key =
        Stream.of(ConfigKey.values())
            .filter(candidate -> candidate.flag().equals(Optional.of(name)))
            .findFirst()
            .orElseGet(() -> ConfigKey.of(name, "sweep"));
    if (key.flag().isEmpty()) {
      throw new InputException(
          "sweep: expected a key that has a flag, found %s; choose another".formatted(name));
    }
    String values = text.substring(equals + 1);
    // latent=2,8,32 can only mean a model of each; as a flag it is one of three stochastic layers.
    boolean single = key == ConfigKey.LATENT_SIZE && !values.contains(";");
    return new SweptKey(key, split(values, single ? "," : separator(key)), text);
  }

  private static List<String> split(String text, String separator) {
    return Stream.of(text.split(separator, -1)).map(String::strip).toList();
  }

  private static String separator(ConfigKey key) {
    return switch (key.type().form()) {
      case SIZES, GROUPS -> ";";
      default -> ",";
    };
  }

  /** As people know it: {@code beta}, {@code kl-warmup}. */
  String name() {
    return key.flag().orElseThrow();
  }
}
