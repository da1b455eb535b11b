package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of a configuration, in the order in which they are shown and stored. */
public enum ConfigKey {
  BATCH_SIZE(Type.WHOLE, "batch-size", "images in a step"),
  NUM_EPOCHS(Type.WHOLE, "epochs", "passes over the training set"),
  LR(Type.NUMBER, "lr", "Adam's learning rate"),
  INPUT_SIZE(Type.WHOLE, null, "pixels of an image; taken from the data"),
  HIDDEN_SIZE(Type.SIZES, "hidden", "sizes of the hidden layers, such as 128 or 128,64"),
  LATENT_SIZE(Type.WHOLE, "latent", "dimensions of the latent space"),
  ALPHA(Type.NUMBER, "alpha", "weight of the KL against the mean loss per pixel"),
  BETA(Type.NUMBER, "beta", "weight of the KL against the summed loss, instead of alpha"),
  LIKELIHOOD(Type.WORD, "likelihood", "bernoulli or gaussian (the squared error)"),
  ACTIVATION(Type.WORD, "activation", "relu, tanh, sigmoid or softplus, in the hidden layers"),
  SEED(Type.WHOLE, "seed", "of initial weights, order and noise"),
  DATASET(Type.WORD, "dataset", "mnist, fashion-mnist or pen");

  /** How a value looks in JSON. */
  public enum Type {
    WHOLE,
    NUMBER,
    SIZES,
    WORD
  }

  private final Type type;
  private final String flag;
  private final String description;

  ConfigKey(Type type, String flag, String description) {
    this.type = type;
    this.flag = flag;
    this.description = description;
  }

  public Type type() {
    return type;
  }

  /** The command line's name for it, without dashes. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  public String description() {
    return description;
  }

  /** As in JSON: {@code batch_size}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in the environment: {@code ELBO_BATCH_SIZE}. */
  public String variable() {
    return "ELBO_" + name();
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
