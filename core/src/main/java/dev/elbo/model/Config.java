package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.data.Binarization;

/**
 * All that training depends on besides the data: with the data set's contents it determines every
 * bit of the result. Threads, paths and display are not part of it. {@link ConfigKey} is the table
 * of its values.
 */
public record Config(
    VaeConfig vae,
    ObjectiveConfig objective,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    DataConfig data,
    StartConfig start,
    long seed) {

  public Config {
    if (schedule.patience() > 0 && data.validation() == 0) {
      throw new InputException(
          "patience: expected 0 without validation images, found %d; add --validation N"
              .formatted(schedule.patience()));
    }
    if (objective.freeBits() > 0 && !vae.hasExactKl()) {
      throw new InputException(
          "free_bits: expected 0 where the KL of a dimension has no closed form (prior %s, %d stochastic layers), found %s; leave it out"
              .formatted(
                  vae.prior().kind(), vae.layers().size(), Numbers.text(objective.freeBits())));
    }
    if (start.outputBias() == OutputBias.DATA && !start.fromSha256().isEmpty()) {
      throw new InputException(
          "output_bias: expected zero for weights that come from a model, found data; leave it out");
    }
  }

  public static final Config DEFAULT = Settings.defaults().config();

  /** The values that every training has; the others are as by default. */
  public Config(
      VaeConfig vae,
      int batchSize,
      int epochs,
      double learningRate,
      KlWeight klWeight,
      long seed,
      String dataset) {
    this(
        vae,
        DEFAULT.objective.withKlWeight(klWeight),
        DEFAULT.optimizer.withLearningRate(learningRate),
        DEFAULT.schedule.withSizes(batchSize, epochs),
        DEFAULT.data.withDataset(dataset),
        DEFAULT.start,
        seed);
  }

  public int batchSize() {
    return schedule.batchSize();
  }

  public int epochs() {
    return schedule.epochs();
  }

  public double learningRate() {
    return optimizer.learningRate();
  }

  public KlWeight klWeight() {
    return objective.klWeight();
  }

  public double beta() {
    return klWeight().beta(vae);
  }

  public String dataset() {
    return data.dataset();
  }

  /**
   * What a negative log-likelihood of this configuration may be called. A density is no
   * probability: it depends on the unit of the pixels, and its figures may be negative.
   */
  public String nllName() {
    if (vae.likelihood() != LikelihoodKind.BERNOULLI) {
      return "NLL (" + data.binarization() + ": of a density)";
    }
    return data.binarization() == Binarization.GREY
        ? "NLL (grey: cross-entropy, not a likelihood)"
        : "NLL (" + data.binarization() + ")";
  }

  public Config withVae(VaeConfig other) {
    return new Config(other, objective, optimizer, schedule, data, start, seed);
  }

  public Config withEpochs(int other) {
    return with(ConfigKey.NUM_EPOCHS, other);
  }

  public Config withDataset(String other) {
    return with(ConfigKey.DATASET, other);
  }

  /** The same but for one value, of the key's type or its text. */
  public Config with(ConfigKey key, Object value) {
    Settings settings = Settings.of(this);
    settings.lay(key, ConfigKey.text(value), Settings.CODE);
    return settings.config();
  }
}
