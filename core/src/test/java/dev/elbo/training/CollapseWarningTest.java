package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.evaluation.TestFigures;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollapseWarningTest {
  private static final Config COLLAPSING = Config.DEFAULT.with(ConfigKey.BETA, 8.0);

  private final CollapseWarning warning = new CollapseWarning(COLLAPSING, List.of());

  private static EpochMetrics epoch(int epoch, long step, double kl, int active) {
    EpochMetrics.TrainFigures train = new EpochMetrics.TrainFigures(200, 200, kl);
    TestFigures test = new TestFigures(200, kl, 0.06, active);
    return new EpochMetrics(epoch, step, 1, 1, train, 200, test);
  }

  @Test
  void itIsSaidOnceWithWhatHelps() {
    assertThat(warning.after(epoch(3, 1407, 0.02, 0)))
        .contains(
            "none of 64 latent dimensions is active, with a KL of 0.02 nats: the posterior"
                + " collapses; lower --beta (it is 8), let it rise slowly (--kl-warmup 10), or give"
                + " each dimension free bits (--free-bits 0.1)");
    assertThat(warning.after(epoch(4, 1876, 0.02, 0))).isEmpty();
  }

  @Test
  void aRunThatGoesOnDoesNotSayItAgain() {
    List<EpochMetrics> before = List.of(epoch(2, 938, 0.02, 0), epoch(3, 1407, 0.02, 0));
    assertThat(new CollapseWarning(COLLAPSING, before).after(epoch(4, 1876, 0.02, 0))).isEmpty();
    assertThat(new CollapseWarning(COLLAPSING, before.subList(0, 1)).after(epoch(3, 1407, 0.02, 0)))
        .isPresent();
  }

  @Test
  void fewActiveOnesWithHardlyANatAreACollapseToo() {
    assertThat(warning.after(epoch(5, 2345, 0.7, 2)))
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("only 2 of 64 latent dimensions are"));
  }

  @Test
  void aModelAtItsBeginningAndOneThatWorksAreLeftInPeace() {
    assertThat(warning.after(epoch(2, 938, 0.02, 0))).isEmpty();
    assertThat(warning.after(epoch(50, 150, 0.02, 0))).isEmpty();
    assertThat(warning.after(epoch(3, 1407, 9, 4))).isEmpty();
    assertThat(warning.after(epoch(3, 1407, 0.9, 7))).isEmpty();
  }
}
