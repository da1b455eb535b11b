package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.training.EpochMetrics;
import dev.elbo.training.TrainingEvent;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  /** A third of the way through the third of 25 epochs of MNIST. */
  private static final TrainingEvent.Progress MOMENT =
      new TrainingEvent.Progress(
          3, 25, 156, 469, 60_000, 60_000, new EpochMetrics.TrainFigures(118.071, 90.5, 35.17));

  @Test
  void aWideTerminalShowsEverything() {
    assertThat(ProgressLine.of(MOMENT, 119))
        .isEqualTo(
            "epoch  3/25 ████████▎░░░░░░░░░░░░░░░░ 156/469  loss 118.07 (reconstruction 90.50, KL 35.17)"
                + "  60,000 images/s  0:23 left");
  }

  @Test
  void aUsualTerminalShowsSpeedAndANarrowOneTheRest() {
    assertThat(ProgressLine.of(MOMENT, 79))
        .isEqualTo(
            "epoch  3/25 █████▉░░░░░░░░░░░░ 156/469  loss 118.07  60,000 images/s  0:23 left");
    assertThat(ProgressLine.of(MOMENT, 59))
        .isEqualTo("epoch  3/25 ████▉░░░░░░░░░░ 156/469  loss 118.07  0:23 left");
    assertThat(ProgressLine.of(MOMENT, 45))
        .isEqualTo("epoch  3/25 ███▉░░░░░░░░ 156/469  loss 118.07");
  }

  @Test
  void noTerminalIsEverTooNarrow() {
    IntStream.rangeClosed(10, 300)
        .forEach(
            columns ->
                assertThat(ProgressLine.of(MOMENT, columns)).hasSizeLessThanOrEqualTo(columns));
  }

  @Test
  void theBarIsEmptyAtFirstAndFullAtTheEnd() {
    EpochMetrics.TrainFigures figures = new EpochMetrics.TrainFigures(1, 1, 1);
    TrainingEvent.Progress first = new TrainingEvent.Progress(1, 1, 1, 100_000, 60_000, 1, figures);
    TrainingEvent.Progress last = new TrainingEvent.Progress(1, 1, 469, 469, 60_000, 1e6, figures);

    assertThat(ProgressLine.of(first, 100)).contains("epoch 1/1 ░").endsWith("  16:39:59 left");
    assertThat(ProgressLine.of(last, 100))
        .contains("█ 469/469")
        .doesNotContain("░")
        .endsWith("0:00 left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_COLOR=1", "CI=true", "TERM=dumb"})
  void somePeoplesTerminalsAreNotDrawnOn(String variable) {
    String[] parts = variable.split("=");

    assertThat(Console.canDraw(Map.of(parts[0], parts[1]), true)).isFalse();
    assertThat(Console.canDraw(Map.of("TERM", "xterm", "CI", "", "NO_COLOR", ""), true)).isTrue();
    assertThat(Console.canDraw(Map.of("TERM", "xterm"), false)).isFalse();
  }
}
