package dev.elbo.training;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.tensor.GradientSink;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step does to the weights: the tape's gradients go to clipping, then to Adam, whose result
 * is averaged; of these only Adam is always there.
 */
final class Update {
  private static final String AVERAGE = "average.";

  private final Vae vae;
  private final Adam adam;
  private final LearningRate learningRate;
  private final Optional<AveragedWeights> averaged;
  private final Optional<ClippedGradients> clipped;

  /** The first of the chain. */
  private final GradientSink sink;

  /**
   * @param vae with the weights that training begins from
   */
  Update(Config config, Vae vae, Kernels kernels, Team team, int stepsPerEpoch) {
    this.vae = vae;
    this.adam = new Adam(kernels, vae.parameters(), config.optimizer());
    this.learningRate = new LearningRate(config.optimizer(), config.schedule(), stepsPerEpoch);
    this.averaged = averaged(config, kernels);
    GradientSink updating = averaged.isPresent() ? averaged.get() : adam;
    double norm = config.optimizer().clipNorm();
    this.clipped =
        norm > 0
            ? Optional.of(new ClippedGradients(kernels, team, vae.parameters(), norm, updating))
            : Optional.empty();
    this.sink = clipped.isPresent() ? clipped.get() : updating;
  }

  private Optional<AveragedWeights> averaged(Config config, Kernels kernels) {
    double decay = config.optimizer().averaging();
    if (decay == 0) {
      return Optional.empty();
    }
    Vae average = new Vae(config.vae(), config.seed());
    StartingWeights.copy(vae, average);
    return Optional.of(new AveragedWeights(kernels, adam, vae, average, decay));
  }

  /**
   * Makes update {@code step} = 1, 2, …
   *
   * @throws NonFiniteException where the loss, a gradient or a new value is not finite
   */
  void make(long step, Tape tape, int rows) {
    adam.advance(step, learningRate.at(step));
    if (averaged.isPresent()) {
      averaged.get().advance(step);
    }
    tape.step(rows, sink);
    if (clipped.isPresent() && !clipped.get().handOn()) {
      throw tape.nonFinite();
    }
  }

  /** The model as it is measured: with averaged weights, where they are averaged. */
  Vae model() {
    return averaged.isPresent() ? averaged.get().average() : vae;
  }

  /** The weights, Adam's moments, the averaged weights. */
  List<NamedTensor> state() {
    List<NamedTensor> tensors = new ArrayList<>();
    vae.parameters().forEach(of -> tensors.add(ModelFile.tensor(of)));
    adam.state().forEach(of -> tensors.add(ModelFile.tensor(of)));
    averaged.ifPresent(of -> tensors.addAll(TrainingState.named(AVERAGE, of.average())));
    return tensors;
  }

  void restore(TrainingState state, String name) {
    state.into(vae.parameters(), name);
    state.into(adam.state(), name);
    averaged.ifPresent(of -> state.into(AVERAGE, of.average(), name));
  }
}
