package dev.elbo.training;

import dev.elbo.model.OptimizerConfig;
import dev.elbo.model.ScheduleConfig;
import dev.elbo.objective.LinearRise;
import java.util.List;

/** The learning rate of each update, a function of its number alone. */
final class LearningRate {
  /** Stages of Burda et al. 2015: 3^i of 3,280 epochs at 10^(−i/7), i = 0 … 7. */
  private static final int LAST_STAGE = 7;

  private static final int ALL_STAGES = 3280;

  private final ScheduleConfig schedule;
  private final double rate;
  private final int stepsPerEpoch;

  LearningRate(OptimizerConfig optimizer, ScheduleConfig schedule, int stepsPerEpoch) {
    this.schedule = schedule;
    this.rate = optimizer.learningRate();
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * @param step 1, 2, …
   */
  double at(long step) {
    long ended = (step - 1) / stepsPerEpoch; // whole epochs before this step
    double scheduled =
        switch (schedule.kind()) {
          case CONSTANT -> rate;
          case COSINE -> rate * cosine(step);
          case STEPS -> rate * StrictMath.pow(schedule.factor(), passed(ended));
          case BURDA -> rate * StrictMath.pow(10, -stage(step) / (double) LAST_STAGE);
        };
    return scheduled * LinearRise.at(step, schedule.warmup() * stepsPerEpoch);
  }

  private double cosine(long step) {
    double total = (double) schedule.epochs() * stepsPerEpoch;
    return 0.5 * (1 + StrictMath.cos(StrictMath.PI * (step - 1) / total));
  }

  private int passed(long ended) {
    List<Integer> steps = schedule.steps();
    int count = 0;
    for (int i = 0; i < steps.size(); i++) {
      count += ended >= steps.get(i) ? 1 : 0;
    }
    return count;
  }

  /** A training of fewer epochs goes through all stages, each as much shorter. */
  private int stage(long step) {
    long ended = (step - 1) * ALL_STAGES;
    long whole = (long) schedule.epochs() * stepsPerEpoch;
    int stage = 0;
    long end = 1;
    for (long length = 1; stage < LAST_STAGE && ended >= end * whole; stage++) {
      length *= 3;
      end += length;
    }
    return stage;
  }
}
