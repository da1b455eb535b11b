package dev.elbo.model;

/** How much is done at once, and how long. */
public record ScheduleConfig(int batchSize, int epochs) {

  public ScheduleConfig {
    ConfigKey.BATCH_SIZE.require(batchSize);
    ConfigKey.NUM_EPOCHS.require(epochs);
  }

  static ScheduleConfig of(Values values) {
    return new ScheduleConfig(
        values.whole(ConfigKey.BATCH_SIZE), values.whole(ConfigKey.NUM_EPOCHS));
  }

  public ScheduleConfig withSizes(int otherBatch, int otherEpochs) {
    return new ScheduleConfig(otherBatch, otherEpochs);
  }
}
