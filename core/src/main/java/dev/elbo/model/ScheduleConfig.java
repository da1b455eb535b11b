package dev.elbo.model;

import dev.elbo.InputException;
import java.util.List;

/**
 * How much is done at once, how long, and how the learning rate runs.
 *
 * @param steps epochs after which the rate is multiplied by {@code factor}, ascending
 * @param warmup epochs, or parts of one, over which the rate rises from zero in equal steps
 * @param patience epochs without a better validation loss after which training ends; 0 for never
 */
public record ScheduleConfig(
    int batchSize,
    int epochs,
    ScheduleKind kind,
    List<Integer> steps,
    double factor,
    double warmup,
    int patience) {

  public ScheduleConfig {
    ConfigKey.BATCH_SIZE.require(batchSize);
    ConfigKey.NUM_EPOCHS.require(epochs);
    ConfigKey.LR_FACTOR.require(factor);
    ConfigKey.WARMUP.require(warmup);
    ConfigKey.PATIENCE.require(patience);
    steps = List.copyOf(steps);
    requireSteps(kind, steps);
  }

  private static void requireSteps(ScheduleKind kind, List<Integer> steps) {
    if ((kind == ScheduleKind.STEPS) == steps.isEmpty()) {
      throw new InputException(
          steps.isEmpty()
              ? "lr_steps: expected epochs such as 200,350 for the schedule steps, found none; add --lr-steps"
              : "lr_steps: expected none with the schedule %s, found %s; add --lr-schedule steps"
                  .formatted(kind, ConfigKey.text(steps)));
    }
    for (int i = 0; i < steps.size(); i++) {
      ConfigKey.LR_STEPS.require(steps.get(i));
      if (i > 0 && steps.get(i - 1) >= steps.get(i)) {
        throw new InputException(
            "lr_steps: expected ascending epochs, found %s; sort them"
                .formatted(ConfigKey.text(steps)));
      }
    }
  }

  static ScheduleConfig of(Values values) {
    return new ScheduleConfig(
        values.whole(ConfigKey.BATCH_SIZE),
        values.whole(ConfigKey.NUM_EPOCHS),
        values.word(ConfigKey.LR_SCHEDULE, ScheduleKind.values()),
        values.sizes(ConfigKey.LR_STEPS),
        values.number(ConfigKey.LR_FACTOR),
        values.number(ConfigKey.WARMUP),
        values.whole(ConfigKey.PATIENCE));
  }

  public ScheduleConfig withSizes(int otherBatch, int otherEpochs) {
    return new ScheduleConfig(otherBatch, otherEpochs, kind, steps, factor, warmup, patience);
  }
}
