package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of a configuration, in the order in which they are shown and stored. */
public enum ConfigKey {
  BATCH_SIZE(Type.WHOLE, "batch-size"),
  NUM_EPOCHS(Type.WHOLE, "epochs"),
  LR(Type.NUMBER, "lr"),
  /** Without a flag, as it is taken from the data. */
  INPUT_SIZE(Type.WHOLE, null),
  HIDDEN_SIZE(Type.SIZES, "hidden"),
  LATENT_SIZE(Type.WHOLE, "latent"),
  ALPHA(Type.NUMBER, "alpha"),
  BETA(Type.NUMBER, "beta"),
  LIKELIHOOD(Type.WORD, "likelihood"),
  ACTIVATION(Type.WORD, "activation"),
  SEED(Type.WHOLE, "seed"),
  DATASET(Type.WORD, "dataset");

  /** How a value looks in JSON. */
  public enum Type {
    WHOLE,
    NUMBER,
    SIZES,
    WORD
  }

  private final Type type;
  private final String flag;

  ConfigKey(Type type, String flag) {
    this.type = type;
    this.flag = flag;
  }

  public Type type() {
    return type;
  }

  /** The command line's name for it, without dashes. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** As in JSON: {@code batch_size}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * As in the environment: by the key, {@code ELBO_NUM_EPOCHS}, or the flag, {@code ELBO_EPOCHS}.
   */
  public List<String> variables() {
    return Stream.of(name(), flag == null ? name() : flag.replace('-', '_'))
        .map(word -> "ELBO_" + word.toUpperCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /**
   * @param where the file or other place that holds the key, for the error
   */
  public static ConfigKey of(String key, String where) {
    for (ConfigKey candidate : values()) {
      if (candidate.key().equals(key)) {
        return candidate;
      }
    }
    List<String> known = Arrays.stream(values()).map(ConfigKey::key).toList();
    Optional<String> meant =
        Arrays.stream(values())
            .filter(candidate -> key.equals(candidate.flag)) // the command line's name for it
            .map(ConfigKey::key)
            .findFirst()
            .or(() -> Nearest.to(key, known));
    String hint = meant.map(near -> "did you mean \"" + near + "\"? ").orElse("");
    throw new InputException(
        "%s: unknown key \"%s\"; %sthe keys are %s"
            .formatted(where, key, hint, String.join(", ", known)));
  }
}
