package dev.elbo.training;

import dev.elbo.Numbers;
import dev.elbo.evaluation.PosteriorCollapse;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.model.Config;
import java.util.List;
import java.util.Optional;

/** Says, once in a training, that its latent variables are not used. */
final class CollapseWarning {
  // A model at its beginning uses none either; this is when one that will has begun to.
  private static final int EPOCHS = 3;
  private static final int STEPS = 500;

  private final Config config;
  private boolean isSaid;

  /**
   * @param before the epochs of the run so far, so that one that goes on does not say it again
   */
  CollapseWarning(Config config, List<EpochMetrics> before) {
    this.config = config;
    before.forEach(this::after);
  }

  Optional<String> after(EpochMetrics metrics) {
    TestFigures test = metrics.test();
    int latent = config.vae().latentSize();
    if (isSaid
        || metrics.epoch() < EPOCHS
        || metrics.step() < STEPS
        || !PosteriorCollapse.isSeenIn(test.activeUnits(), latent, test.kl())) {
      return Optional.empty();
    }
    isSaid = true;
    return Optional.of(
        "%s of %d latent dimensions %s active, with a KL of %s nats: the posterior collapses; %s"
            .formatted(
                test.activeUnits() == 0 ? "none" : "only " + test.activeUnits(),
                latent,
                test.activeUnits() < 2 ? "is" : "are",
                Numbers.fixed(test.kl(), 2),
                PosteriorCollapse.remedy(config)));
  }
}
