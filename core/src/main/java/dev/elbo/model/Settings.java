package dev.elbo.model;

import dev.elbo.InputException;
import java.util.EnumMap;
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

  /** The source of what no person wrote. */
  static final String CODE = "code";

  private final Map<ConfigKey, Entry> entries = new EnumMap<>(ConfigKey.class);

  private Settings() {}

  public static Settings defaults() {
    Settings settings = new Settings();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.defaultText() != null) {
        settings.entries.put(key, new Entry(key.defaultText(), DEFAULT_SOURCE));
      }
    }
    return settings;
  }

  /** Every value of a configuration. */
  public static Settings of(Config config) {
    Settings settings = new Settings();
    for (ConfigKey key : ConfigKey.values()) {
      key.text(config).ifPresent(text -> settings.entries.put(key, new Entry(text, CODE)));
    }
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

  /** Lays one value over. */
  public void lay(ConfigKey key, String text, String source) {
    Map<ConfigKey, Entry> one = new EnumMap<>(ConfigKey.class);
    one.put(key, new Entry(text, source));
    lay(one);
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
    Values values = values();
    if (!isChosen(ConfigKey.ALPHA)
        && !values.has(ConfigKey.BETA)
        && VaeConfig.of(values).likelihood().findsSigma()) {
      lay(ConfigKey.BETA, "1", DEFAULT_SOURCE);
      values = values();
    }
    return new Config(
        VaeConfig.of(values),
        ObjectiveConfig.of(values),
        OptimizerConfig.of(values),
        ScheduleConfig.of(values),
        DataConfig.of(values),
        StartConfig.of(values),
        values.wide(ConfigKey.SEED));
  }

  Values values() {
    return new Values(entries());
  }
}
