package dev.elbo.training;

import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.evaluation.TestBound;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import java.util.List;
import java.util.Optional;

/** The weights of the epoch whose loss on the validation images was the least. */
final class BestModel {
  private static final String BEST = "best.";

  private final Config config;
  private final TestBound held;
  private final Vae measured;
  private final Vae kept;
  private Optional<BestEpoch> best = Optional.empty();

  /**
   * @param held measures {@code measured} on the validation images
   */
  BestModel(Config config, TestBound held, Vae measured) {
    this.config = config;
    this.held = held;
    this.measured = measured;
    this.kept = new Vae(config.vae(), config.seed());
  }

  /** Measures, and keeps the weights where they are better than all before. */
  EpochMetrics.Validation measure(long step) {
    TestFigures figures = held.measure();
    double loss = figures.loss(config.beta());
    if (best.isEmpty() || loss < best.get().loss()) {
      best = Optional.of(new BestEpoch(step, loss));
      StartingWeights.copy(measured, kept);
    }
    return new EpochMetrics.Validation(loss, figures.reconstruction(), figures.kl());
  }

  Optional<BestEpoch> best() {
    return best;
  }

  /** The model of the best epoch; after an epoch. */
  Vae vae() {
    return kept;
  }

  List<NamedTensor> state() {
    return best.isPresent() ? TrainingState.named(BEST, kept) : List.of();
  }

  void restore(TrainingState state, String name) {
    best = state.best();
    if (best.isPresent()) {
      state.into(BEST, kept, name);
    }
  }
}
