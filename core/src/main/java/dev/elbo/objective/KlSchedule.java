package dev.elbo.objective;

/**
 * β over the steps of a training: from zero in equal steps to its full value, which it has from the
 * last step of the warm-up on (Bowman et al. 2016; Sønderby et al. 2016). A function of the step
 * alone, so that a resumed run goes on as if it had not stopped.
 *
 * @param beta the full value
 * @param warmUpSteps 0 for none; parts of a step count
 */
public record KlSchedule(double beta, double warmUpSteps) {
  public KlSchedule {
    if (!(beta >= 0) || Double.isInfinite(beta) || !(warmUpSteps >= 0)) {
      throw new IllegalArgumentException(
          "beta (=%s) must be finite, and it and warmUpSteps (=%s) at least 0"
              .formatted(beta, warmUpSteps));
    }
  }

  /**
   * @param epochs or parts of one
   */
  public static KlSchedule ofEpochs(double beta, double epochs, int stepsPerEpoch) {
    return new KlSchedule(beta, epochs * stepsPerEpoch);
  }

  /**
   * β·min(1, step/warmUpSteps).
   *
   * @param step counted from 1
   */
  public double at(long step) {
    return beta * LinearRise.at(step, warmUpSteps);
  }
}
