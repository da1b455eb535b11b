package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.evaluation.TestFigures;
import dev.elbo.training.EpochMetrics;
import org.junit.jupiter.api.Test;

class EpochLineTest {
  private static final EpochMetrics THIRD =
      new EpochMetrics(
          3,
          1407,
          4.5,
          51_234.4,
          new EpochMetrics.TrainFigures(118.071, 90.5, 35.17),
          112.25,
          new TestFigures(86.5, 32.84, 0.01234, 31));

  @Test
  void anEpochsLineIsWholeWhereThereIsRoom() {
    assertThat(EpochLine.of(THIRD, 25, "KL", Integer.MAX_VALUE))
        .isEqualTo(
            "epoch  3/25  train loss 118.07 (reconstruction 90.50, KL 35.17)"
                + "  test loss 112.25 (reconstruction 86.50, KL 32.84), MSE 0.01234, 31 active, grey"
                + "  51,234 images/s");
  }

  @Test
  void aKlThatIsSampledIsCalledSo() {
    assertThat(EpochLine.of(THIRD, 25, "sampled KL", Integer.MAX_VALUE))
        .contains("(reconstruction 90.50, sampled KL 35.17)")
        .contains("(reconstruction 86.50, sampled KL 32.84)");
  }

  @Test
  void anEpochsLineIsShorterWhereThereIsLess() {
    assertThat(EpochLine.of(THIRD, 25, "KL", 120))
        .isEqualTo(
            "epoch  3/25  train loss 118.07"
                + "  test loss 112.25 (reconstruction 86.50, KL 32.84), MSE 0.01234, 31 active, grey");
    assertThat(EpochLine.of(THIRD, 25, "KL", 80))
        .isEqualTo(
            "epoch  3/25  train loss 118.07  test loss 112.25, MSE 0.01234, 31 active, grey");
    assertThat(EpochLine.of(THIRD, 25, "KL", 60))
        .isEqualTo("epoch  3/25  train loss 118.07  test loss 112.25, 31 active, grey");
  }
}
