package dev.elbo.model;

import static dev.elbo.model.ConfigType.groups;
import static dev.elbo.model.ConfigType.notNegative;
import static dev.elbo.model.ConfigType.positive;
import static dev.elbo.model.ConfigType.share;
import static dev.elbo.model.ConfigType.sizes;
import static dev.elbo.model.ConfigType.truth;
import static dev.elbo.model.ConfigType.whole;
import static dev.elbo.model.ConfigType.word;

import dev.elbo.InputException;
import dev.elbo.Nearest;
import dev.elbo.Numbers;
import dev.elbo.data.Binarization;
import dev.elbo.network.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of a configuration, in the order in which they are shown and stored. Flags, variables,
 * JSON, help, defaults and ranges come from this table; another key is a row here, a component of
 * one of the configuration's records, and a line in that record's {@code of}.
 */
public enum ConfigKey {
  BATCH_SIZE("batch-size", "N", whole(1, 65_536), "128", Config::batchSize, "images in a step"),
  NUM_EPOCHS("epochs", "N", whole(1, 1_000_000), "25", Config::epochs, "passes over the data"),
  LR("lr", "RATE", positive(), "0.001", Config::learningRate, "learning rate"),
  /** Without a flag, as it is taken from the data. */
  INPUT_SIZE(
      null,
      "N",
      whole(1, VaeConfig.LARGEST_INPUT),
      "784",
      config -> config.vae().inputSize(),
      "pixels of an image"),
  HIDDEN_SIZE(
      "hidden",
      "N[,N…][/N…]",
      groups(1, VaeConfig.LARGEST_LAYER),
      "128",
      config -> config.vae().layers().stream().map(LayerSizes::hidden).toList(),
      "sizes of the encoder's hidden layers, which the decoder mirrors; 200,200/100,100 for two"
          + " stochastic layers"),
  LATENT_SIZE(
      "latent",
      "N[,N…]",
      sizes(1, VaeConfig.LARGEST_LAYER),
      "64",
      config -> config.vae().layers().stream().map(LayerSizes::latent).toList(),
      "latent dimensions, of each stochastic layer"),
  ALPHA(
      "alpha",
      "WEIGHT",
      notNegative(),
      "0.001",
      config -> config.klWeight().given(KlWeight.Kind.ALPHA),
      "weight of the KL against the mean loss per pixel"),
  /** Without a default, as alpha has one. */
  BETA(
      "beta",
      "WEIGHT",
      notNegative(),
      null,
      config -> config.klWeight().given(KlWeight.Kind.BETA),
      "weight of the KL against the summed loss, instead of --alpha"),
  LIKELIHOOD(
      "likelihood",
      "NAME",
      word(LikelihoodKind.values()),
      "bernoulli",
      config -> config.vae().likelihood(),
      "of a pixel: bernoulli; gaussian, the squared error; calibrated-gaussian, with the best σ;"
          + " pixel-gaussian, with a variance for each; continuous-bernoulli"),
  ACTIVATION(
      "activation",
      "NAME",
      word(Activation.values()),
      "relu",
      config -> config.vae().activation(),
      "of the hidden layers: relu, tanh, sigmoid, softplus, or gated, linear times a sigmoid gate"),
  SEED(
      "seed",
      "N",
      whole(Long.MIN_VALUE, Long.MAX_VALUE),
      "0",
      Config::seed,
      "of weights, order and noise"),
  DATASET(
      "dataset",
      "NAME",
      word(),
      "",
      Config::dataset,
      "mnist (default), fashion-mnist, binarized-mnist, pen (handwriting made by the program) or"
          + " folder (your own IDX files in --data)"),
  BINARIZATION(
      "binarization",
      "NAME",
      word(Binarization.values()),
      "grey",
      config -> config.data().binarization(),
      "of pixels: grey, dynamic (drawn anew each epoch), threshold, or static, which"
          + " binarized-mnist is"),
  VALIDATION(
      "validation",
      "N",
      whole(0, 100_000_000),
      "0",
      config -> config.data().validation(),
      "training images held out; the model of the best epoch on them is kept"),
  PATIENCE(
      "patience",
      "N",
      whole(0, 1_000_000),
      "0",
      config -> config.schedule().patience(),
      "end after N epochs without a better validation loss; 0 never does"),
  PRIOR(
      "prior",
      "NAME",
      word(PriorKind.values()),
      "normal",
      config -> config.vae().prior().kind(),
      "of the latent variables: normal, or vamp, the mean of the posteriors of learned inputs"),
  PSEUDO_INPUTS(
      "pseudo-inputs",
      "K",
      whole(1, 65_536),
      "500",
      config -> config.vae().prior().pseudoInputs(),
      "for vamp: how many inputs are learned"),
  CONDITIONAL(
      "conditional",
      "true",
      truth(),
      "false",
      config -> config.vae().labels().conditional(),
      "a model of images given their class, which joins encoder and decoder"),
  /** Without a flag, as it is taken from the data. */
  CLASSES(
      null,
      "N",
      whole(1, 256),
      "10",
      config -> config.vae().labels().classes(),
      "for a conditional model: how many"),
  OPTIMIZER(
      "optimizer",
      "NAME",
      word(OptimizerKind.values()),
      "adam",
      config -> config.optimizer().kind(),
      "adam, or adamw with decoupled weight decay"),
  ADAM_BETA1(
      "adam-beta1",
      "X",
      share(),
      "0.9",
      config -> config.optimizer().beta1(),
      "decay of the running mean of gradients"),
  ADAM_BETA2(
      "adam-beta2",
      "X",
      share(),
      "0.999",
      config -> config.optimizer().beta2(),
      "decay of the running mean of their squares"),
  ADAM_EPSILON(
      "adam-epsilon",
      "X",
      positive(),
      "1E-8",
      config -> config.optimizer().epsilon(),
      "added to the root of that mean"),
  WEIGHT_DECAY(
      "weight-decay",
      "X",
      notNegative(),
      "0",
      config -> config.optimizer().weightDecay(),
      "of adamw, times the rate a step"),
  CLIP_NORM(
      "clip-norm",
      "NORM",
      notNegative(),
      "0",
      config -> config.optimizer().clipNorm(),
      "largest norm of all gradients together; 0 for any"),
  EMA(
      "ema",
      "DECAY",
      share(),
      "0",
      config -> config.optimizer().averaging(),
      "decay of averaged weights, which then are the model; 0 for none"),
  LR_SCHEDULE(
      "lr-schedule",
      "NAME",
      word(ScheduleKind.values()),
      "constant",
      config -> config.schedule().kind(),
      "constant, cosine, steps or burda (10^(-i/7) for 3^i of 3280 parts)"),
  LR_STEPS(
      "lr-steps",
      "N[,N…]",
      sizes(1, 1_000_000),
      "",
      config -> config.schedule().steps(),
      "for steps: epochs after which the rate is multiplied"),
  LR_FACTOR(
      "lr-factor",
      "X",
      positive(),
      "0.1",
      config -> config.schedule().factor(),
      "for steps: by what"),
  WARMUP(
      "warmup",
      "EPOCHS",
      notNegative(),
      "0",
      config -> config.schedule().warmup(),
      "over which the rate rises from zero"),
  KL_WARMUP(
      "kl-warmup",
      "EPOCHS",
      notNegative(),
      "0",
      config -> config.objective().klWarmup(),
      "over which the weight of the KL rises from zero"),
  OBJECTIVE(
      "objective",
      "NAME",
      word(ObjectiveKind.values()),
      "elbo",
      config -> config.objective().kind(),
      "elbo; iwae, the importance-weighted bound; dreg, the same with less noise in its gradient"),
  SAMPLES(
      "samples",
      "K",
      whole(1, 10_000),
      "1",
      config -> config.objective().samples(),
      "draws of z for each image in a step"),
  FREE_BITS(
      "free-bits",
      "NATS",
      notNegative(),
      "0",
      config -> config.objective().freeBits(),
      "of each latent dimension that cost nothing"),
  OUTPUT_BIAS(
      "output-bias",
      "NAME",
      word(OutputBias.values()),
      "zero",
      config -> config.start().outputBias(),
      "at the start: zero, or data, the logits of the pixels' means"),
  /** Without a flag, as it is taken from the model of --from. */
  FROM_SHA256(
      null,
      "SHA256",
      word(),
      "",
      config -> config.start().fromSha256(),
      "digest of the weights that training began from");

  private final String flag;
  private final String label;
  private final ConfigType type;
  private final String defaultText;
  private final Function<Config, Object> value;
  private final String description;

  ConfigKey(
      String flag,
      String label,
      ConfigType type,
      String defaultText,
      Function<Config, Object> value,
      String description) {
    this.flag = flag;
    this.label = label;
    this.type = type;
    this.defaultText = defaultText;
    this.value = value;
    this.description = description;
  }

  public ConfigType type() {
    return type;
  }

  /** The command line's name for it, without dashes. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** What stands for the value in the help. */
  public String label() {
    return label;
  }

  /** One line for the help, with the default. */
  public String description() {
    return defaultText == null || defaultText.isEmpty()
        ? description
        : description + " (" + defaultText + ")";
  }

  String defaultText() {
    return defaultText;
  }

  /** Its value as text; nothing where it has none, as the one of alpha and beta not given. */
  public Optional<String> text(Config config) {
    return Optional.ofNullable(value.apply(config)).map(ConfigKey::text);
  }

  static String text(Object value) {
    if (value instanceof Double number) {
      return Numbers.text(number);
    }
    if (value instanceof List<?> list) {
      boolean inGroups = list.stream().anyMatch(List.class::isInstance);
      return list.stream().map(ConfigKey::text).collect(Collectors.joining(inGroups ? "/" : ","));
    }
    return value.toString();
  }

  /**
   * Whether a stored configuration names it. Keys behind {@link #DATASET} came later and are left
   * out at their default, so that models of before them keep their bytes.
   */
  boolean isStored(Config config) {
    return compareTo(DATASET) <= 0
        ? text(config).isPresent()
        : !text(config).equals(text(Config.DEFAULT));
  }

  /** Refuses a value out of its range. */
  void require(double number) {
    type.require(this, number);
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
