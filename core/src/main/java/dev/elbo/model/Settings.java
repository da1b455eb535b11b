package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import dev.elbo.network.Activation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Values of configuration keys as text, each with its source, laid over each other: the defaults,
 * then a file, then the environment, then flags.
 */
public final class Settings {
  /**
   * @param source for people: {@code default}, a file's name, {@code ELBO_LR}, {@code --lr}
   */
  public record Entry(String text, String source) {}

  private static final String DEFAULT_SOURCE = "default";

  private final Map<ConfigKey, Entry> entries = new EnumMap<>(ConfigKey.class);

  private Settings() {}

  public static Settings defaults() {
    Settings settings = new Settings();
    ConfigJson.texts(Config.DEFAULT)
        .forEach((key, text) -> settings.entries.put(key, new Entry(text, DEFAULT_SOURCE)));
    return settings;
  }

  /** Lays values over these; alpha replaces beta and the other way round, but both is an error. */
  public void lay(Map<ConfigKey, Entry> over) {
    Entry alpha = over.get(ConfigKey.ALPHA);
    Entry beta = over.get(ConfigKey.BETA);
    if (alpha != null && beta != null) {
      throw new InputException(
          "alpha and beta: expected one of them, found alpha %s (%s) and beta %s (%s); leave one out"
              .formatted(alpha.text(), alpha.source(), beta.text(), beta.source()));
    }
    if (alpha != null) {
      entries.remove(ConfigKey.BETA);
    }
    if (beta != null) {
      entries.remove(ConfigKey.ALPHA);
    }
    entries.putAll(over);
  }

  /** Lays the {@code ELBO_…} variables over; an empty one counts as unset. */
  public void layEnvironment(Map<String, String> environment) {
    Map<ConfigKey, Entry> found = new EnumMap<>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      for (String variable : key.variables()) {
        String value = environment.getOrDefault(variable, "").strip();
        Entry entry = new Entry(value, variable);
        Entry other = value.isEmpty() ? null : found.put(key, entry);
        if (other != null) {
          throw new InputException(
              "%s and %s: expected one of them, found \"%s\" and \"%s\"; unset one"
                  .formatted(other.source(), variable, other.text(), value));
        }
      }
    }
    lay(found);
  }

  /** Whether somebody chose this value. */
  public boolean isChosen(ConfigKey key) {
    Entry entry = entries.get(key);
    return entry != null && !entry.source().equals(DEFAULT_SOURCE);
  }

  /** Every value with its source, in the order of the keys. */
  public Map<ConfigKey, Entry> entries() {
    return new EnumMap<>(entries);
  }

  /** The configuration that the values make; each is checked, and an error names its source. */
  public Config config() {
    VaeConfig vae =
        new VaeConfig(
            whole(ConfigKey.INPUT_SIZE),
            sizes(),
            whole(ConfigKey.LATENT_SIZE),
            word(ConfigKey.ACTIVATION, Activation.values()),
            word(ConfigKey.LIKELIHOOD, LikelihoodKind.values()));
    KlWeight weight =
        entries.containsKey(ConfigKey.BETA)
            ? KlWeight.beta(number(ConfigKey.BETA))
            : KlWeight.alpha(number(ConfigKey.ALPHA));
    return new Config(
        vae,
        whole(ConfigKey.BATCH_SIZE),
        whole(ConfigKey.NUM_EPOCHS),
        number(ConfigKey.LR),
        weight,
        seed(),
        entries.get(ConfigKey.DATASET).text());
  }

  private int whole(ConfigKey key) {
    return whole(key, entries.get(key).text());
  }

  private int whole(ConfigKey key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number");
    }
  }

  private long seed() {
    try {
      return Long.parseLong(entries.get(ConfigKey.SEED).text());
    } catch (NumberFormatException e) {
      throw wrong(ConfigKey.SEED, "a whole number of at most 64 bits");
    }
  }

  private double number(ConfigKey key) {
    try {
      // Not Double.parseDouble: it takes "NaN", "0x1p3" and "1d" too.
      return new BigDecimal(entries.get(key).text()).doubleValue();
    } catch (NumberFormatException e) {
      throw wrong(key, "a number");
    }
  }

  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (String part : entries.get(ConfigKey.HIDDEN_SIZE).text().split(",", -1)) {
      sizes.add(whole(ConfigKey.HIDDEN_SIZE, part.strip()));
    }
    return sizes;
  }

  private <E extends Enum<E>> E word(ConfigKey key, E[] values) {
    String text = entries.get(key).text();
    for (E value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    List<String> words = Arrays.stream(values).map(Enum::toString).toList();
    String wayOut =
        Nearest.to(text, words).map(near -> "did you mean " + near + "?").orElse("change it there");
    throw wrong(key, "one of " + String.join(", ", words), wayOut);
  }

  private InputException wrong(ConfigKey key, String expected) {
    return wrong(key, expected, "change it there");
  }

  private InputException wrong(ConfigKey key, String expected, String wayOut) {
    Entry entry = entries.get(key);
    return new InputException(
        "%s: expected %s, found \"%s\" (from %s); %s"
            .formatted(key.key(), expected, entry.text(), entry.source(), wayOut));
  }
}
