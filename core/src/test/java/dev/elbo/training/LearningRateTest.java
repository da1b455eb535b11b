package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {
  private static final int STEPS_PER_EPOCH = 10;

  /** Doubles with a power or a cosine in between. */
  private static final double TOLERANCE = 1e-15;

  private static final Config CONFIG =
      Config.DEFAULT.with(ConfigKey.LR, 0.01).with(ConfigKey.NUM_EPOCHS, 20);

  private static LearningRate of(Config config) {
    return new LearningRate(config.optimizer(), config.schedule(), STEPS_PER_EPOCH);
  }

  @Test
  void aConstantRateIsTheRateToTheBit() {
    for (long step = 1; step <= 200; step++) {
      assertThat(of(CONFIG).at(step)).isEqualTo(0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "101, 0.5", "51, 0.8535533905932737", "200, 6.168375916970614e-05"})
  void aCosineFallsFromTheWholeRateToZeroAfterTheLastStep(long step, double share) {
    LearningRate rate = of(CONFIG.with(ConfigKey.LR_SCHEDULE, "cosine"));
    assertThat(rate.at(step)).isCloseTo(0.01 * share, within(TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "30, 1", "31, 0.5", "70, 0.5", "71, 0.25", "200, 0.25"})
  void stepsMultiplyAfterTheirEpochs(long step, double share) {
    LearningRate rate = of(Options.with(CONFIG, "lr_schedule=steps lr_steps=3,7 lr_factor=0.5"));
    assertThat(rate.at(step)).isCloseTo(0.01 * share, within(TOLERANCE));
  }

  /** 1 + 3 + 9 + … + 2187 = 3,280 epochs. */
  @ParameterizedTest
  @CsvSource({
    "1, 0", "2, 1", "4, 1", "5, 2", "13, 2", "14, 3", "40, 3", "41, 4", "121, 4", "122, 5",
    "364, 5", "365, 6", "1093, 6", "1094, 7", "3280, 7"
  })
  void burdasStagesLastThreeTimesAsLongEach(int epoch, int stage) {
    LearningRate rate = of(Options.with(CONFIG, "lr_schedule=burda num_epochs=3280"));
    double expected = 0.01 * StrictMath.pow(10, -stage / 7.0);
    long first = (long) (epoch - 1) * STEPS_PER_EPOCH + 1;
    assertThat(rate.at(first)).isCloseTo(expected, within(TOLERANCE));
    assertThat(rate.at(first + STEPS_PER_EPOCH - 1)).isCloseTo(expected, within(TOLERANCE));
  }

  /** A tenth of the epochs: every stage is a tenth as long, to the step. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "4, 1", "5, 2", "40, 3", "41, 4", "1093, 6", "1094, 7", "3280, 7"})
  void aShorterTrainingGoesThroughAllOfThem(int step, int stage) {
    LearningRate rate = of(Options.with(CONFIG, "lr_schedule=burda num_epochs=328"));
    assertThat(rate.at(step)).isCloseTo(0.01 * StrictMath.pow(10, -stage / 7.0), within(TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.04", "5, 0.2", "24, 0.96", "25, 1", "26, 1"})
  void aWarmUpRisesInEqualSteps(long step, double share) {
    LearningRate rate = of(CONFIG.with(ConfigKey.WARMUP, 2.5));
    assertThat(rate.at(step)).isCloseTo(0.01 * share, within(TOLERANCE));
  }
}
