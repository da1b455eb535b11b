package dev.elbo.training;

import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.data.Batches;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.data.Parts;
import dev.elbo.evaluation.DetailedFigures;
import dev.elbo.evaluation.TestBound;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.objective.Bound;
import dev.elbo.objective.KlSchedule;
import dev.elbo.objective.Objective;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.NonFiniteException;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The loop: batches of shuffled images, the bound, Adam. Its result is a function of configuration
 * and data; where it stops in between, {@link TrainingState} holds all that the rest depends on.
 */
public final class Trainer implements AutoCloseable {
  private static final long TELL_EVERY_NANOS = 100_000_000;

  private final Config config;
  private final DataSet data;
  private final Parts parts;
  private final Kernels kernels;
  private final Team team;
  private final Vae vae;
  private final Update update;
  private final Scalar beta;
  private final KlSchedule klSchedule;
  private final Tape tape;
  private final Batches batches;
  private final PosteriorNoise eps;
  private final Bound bound;
  private final Optional<CalibratedSigma> sigma;
  private final TestBound test;
  private final Optional<BestModel> best;
  private EpochSums sums = new EpochSums();
  private long step;

  /** Spent in sessions and epochs that have ended. */
  private double secondsBefore;

  /** When the running session began to count, or 0 between sessions. */
  private long countedFrom;

  private double imagesPerSecond;

  public Trainer(Config config, DataSet data, Kernels kernels, int threads) {
    this(config, data, Optional.empty(), kernels, threads);
  }

  /**
   * @param from a model of the same shape to begin from
   */
  Trainer(Config config, DataSet data, Optional<Vae> from, Kernels kernels, int threads) {
    DataShape.require(config.vae(), data);
    this.config = config;
    this.data = data;
    this.parts =
        Parts.of(data, config.data().binarization(), config.data().validation(), config.seed());
    this.kernels = kernels;
    this.team = new Team(threads);
    this.vae = new Vae(config.vae(), config.seed());
    StartingWeights.give(vae, config, parts.train(), from);
    this.update = new Update(config, vae, kernels, team, stepsPerEpoch());
    this.tape = new Tape(Math.min(config.batchSize(), parts.train().count()), kernels, team);
    this.batches = parts.batches();
    this.eps = new PosteriorNoise(config.seed(), batches::image);
    Tensor x = tape.input("x", config.vae().inputSize(), batches); // [rows, pixels]
    this.beta = new Scalar(config.beta());
    this.klSchedule =
        KlSchedule.ofEpochs(config.beta(), config.objective().klWarmup(), stepsPerEpoch());
    Vae given = vae.given(tape, batches::label);
    this.bound = Objective.of(config.objective(), beta).of(given, x, eps);
    tape.minimize(bound.loss());
    this.sigma = CalibratedSigma.of(config, model(), parts, kernels, team);
    this.test = bound(parts.test());
    this.best = parts.validation().map(held -> new BestModel(config, bound(held), model()));
  }

  private TestBound bound(Images images) {
    return new TestBound(model(), images, config.seed(), kernels, team);
  }

  /**
   * Trains until the last epoch has ended, or patience with the validation loss has, or a stop is
   * asked for, which takes effect between two steps.
   *
   * @return whether training has ended
   * @throws TrainingFailure where a value is not finite any more; the state must not be saved then
   */
  public boolean run(Consumer<TrainingEvent> listener, BooleanSupplier stop) {
    countedFrom = System.nanoTime();
    while (!hasEnded()) {
      if (!runEpoch(listener, stop)) {
        secondsBefore = seconds();
        countedFrom = 0;
        return false;
      }
      sigma.ifPresent(of -> measured("training", of::renew));
      DetailedFigures detailed = measured("test", test::measureInDetail);
      TestFigures figures = detailed.figures();
      Optional<EpochMetrics.Validation> held =
          best.map(of -> measured("validation", () -> of.measure(step)));
      int ended = (int) (step / stepsPerEpoch());
      EpochMetrics metrics =
          new EpochMetrics(
              ended,
              step,
              seconds(),
              imagesPerSecond,
              sums.means(parts.train().count()),
              figures.loss(config.beta()),
              figures,
              held,
              parts.binarization());
      sums = new EpochSums();
      listener.accept(new TrainingEvent.EpochDone(metrics, detailed.klPerDimension()));
    }
    return true;
  }

  private double seconds() {
    double now = countedFrom == 0 ? 0 : (System.nanoTime() - countedFrom) / 1e9;
    return secondsBefore + now;
  }

  private boolean runEpoch(Consumer<TrainingEvent> listener, BooleanSupplier stop) {
    int epoch = epoch();
    int images = parts.train().count();
    batches.shuffle(Noise.of(config.seed()).at(Noise.Purpose.SHUFFLE).at(epoch));
    batches.atEpoch(epoch);
    long began = System.nanoTime();
    long told = began;
    int first = stepInEpoch();
    for (int i = first; i < stepsPerEpoch(); i++) {
      if (stop.getAsBoolean()) {
        return false;
      }
      int start = i * tape.capacity();
      takeStep(start, Math.min(tape.capacity(), images - start));
      long now = System.nanoTime();
      int seen = Math.min(images, start + tape.capacity());
      imagesPerSecond = (seen - first * tape.capacity()) / ((now - began) / 1e9);
      if (now - told >= TELL_EVERY_NANOS || i + 1 == stepsPerEpoch()) {
        told = now;
        listener.accept(
            new TrainingEvent.Progress(
                epoch,
                config.epochs(),
                i + 1,
                stepsPerEpoch(),
                images,
                imagesPerSecond,
                sums.means(seen)));
      }
    }
    return true;
  }

  private <T> T measured(String set, Supplier<T> figures) {
    try {
      return figures.get();
    } catch (NonFiniteException e) {
      throw new TrainingFailure(step, e.getMessage() + " on the " + set + " set");
    }
  }

  private boolean hasEnded() {
    return TrainingState.hasEnded(config, step, stepsPerEpoch(), bestEpoch());
  }

  private void takeStep(int start, int rows) {
    batches.startAt(start);
    step++;
    eps.atStep(step);
    beta.set(klSchedule.at(step));
    try {
      update.make(step, tape, rows);
    } catch (NonFiniteException e) {
      throw new TrainingFailure(step, e.getMessage());
    }
    sums.add(bound, rows);
  }

  public Config config() {
    return config;
  }

  public DataSet data() {
    return data;
  }

  /** The images as they are trained and measured on. */
  public Parts parts() {
    return parts;
  }

  public Vae vae() {
    return vae;
  }

  /** The model as it is measured: with averaged weights, where they are averaged. */
  public Vae model() {
    return update.model();
  }

  /** What a training leaves: the model of the best epoch, where there are validation images. */
  public Vae result() {
    return bestEpoch().isPresent() ? best.orElseThrow().vae() : model();
  }

  private Optional<BestEpoch> bestEpoch() {
    return best.flatMap(BestModel::best);
  }

  /** Updates that the result has seen. */
  public long resultStep() {
    return bestEpoch().map(BestEpoch::step).orElse(step);
  }

  /** The figures of the result on the test set. */
  public TestFigures measure() {
    return bestEpoch().isPresent()
        ? new TestBound(result(), parts.test(), config.seed(), kernels, team).measure()
        : test.measure();
  }

  /** Updates made so far. */
  public long step() {
    return step;
  }

  /** The last partial batch counts. */
  public int stepsPerEpoch() {
    return TrainingState.stepsPerEpoch(config, parts.train().count());
  }

  /** The epoch that the next step belongs to: 1, 2, … */
  public int epoch() {
    return (int) (step / stepsPerEpoch()) + 1;
  }

  private int stepInEpoch() {
    return (int) (step % stepsPerEpoch());
  }

  /** All that the continuation depends on; only between steps. */
  TrainingState state() {
    List<NamedTensor> tensors = new ArrayList<>(update.state());
    best.ifPresent(of -> tensors.addAll(of.state()));
    return new TrainingState(
        config,
        data.sha256(),
        parts.train().count(),
        step,
        seconds(),
        sums.copy(),
        bestEpoch(),
        tensors);
  }

  /**
   * Goes on from a state instead of from the beginning.
   *
   * @param name of the state's file, for errors
   */
  void restore(TrainingState state, String name) {
    update.restore(state, name);
    best.ifPresent(of -> of.restore(state, name));
    step = state.step();
    secondsBefore = state.seconds();
    sums = state.sums().copy();
  }

  /** Ends the worker threads. */
  @Override
  public void close() {
    team.close();
  }
}
