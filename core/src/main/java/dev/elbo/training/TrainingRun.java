package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.RunLock;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.DataSet;
import dev.elbo.evaluation.SelfTest;
import dev.elbo.evaluation.TestFigures;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.Vae;
import dev.elbo.tensor.NonFiniteException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A training with its run directory: what it writes, and when. After each epoch come the row of
 * {@code metrics.csv}, the pictures and the events, then the checkpoint that says that they are
 * there; {@code model.safetensors} comes last of all.
 */
public final class TrainingRun implements AutoCloseable {
  /** Within long epochs a checkpoint is saved this often. */
  private static final long SAVE_EVERY_NANOS = 60_000_000_000L;

  private final RunFolder folder;
  private final RunLock lock;
  private final Trainer trainer;
  private final DurableFiles files = RunFolder.files();
  private final CheckpointStore store;
  private final MetricsFile metrics;
  private final EventFile events;
  private final ProgressFile progress;
  private final RunPictures pictures;
  private long savedAt = System.nanoTime();

  private TrainingRun(RunFolder folder, RunLock lock, Trainer trainer) {
    this.folder = folder;
    this.lock = lock;
    this.trainer = trainer;
    this.store = folder.store();
    this.metrics = new MetricsFile(folder.metrics(), files);
    this.events = new EventFile(folder.events(), files);
    this.progress = new ProgressFile(folder.progress());
    this.pictures = pictures(trainer.model());
  }

  /** Begins a run in a directory that holds none. */
  public static TrainingRun start(RunFolder folder, Config config, DataSet data, int threads) {
    return start(folder, config, data, Optional.empty(), threads);
  }

  /**
   * As {@link #start(RunFolder, Config, DataSet, int)}, from the weights of a model of the same
   * shape, if one is given. It must be the one that the configuration names by its digest.
   */
  public static TrainingRun start(
      RunFolder folder, Config config, DataSet data, Optional<Vae> from, int threads) {
    StartingWeights.requireNamed(config, from);
    RunLock lock = folder.create();
    Trainer trainer = null;
    try {
      trainer = new Trainer(config, data, from, Kernels.best(), threads);
      TrainingRun run = new TrainingRun(folder, lock, trainer);
      run.files.writeText(folder.environment(), Environment.json(threads, data.location()));
      run.metrics.create();
      run.events.create();
      run.save();
      run.files.writeText(folder.config(), ConfigJson.write(config));
      folder.markLatest();
      return run;
    } catch (RuntimeException e) {
      if (trainer != null) {
        trainer.close();
      }
      folder.abandon();
      lock.close();
      throw e;
    }
  }

  /** Goes on with a run from its newest checkpoint; the lock passes to the result. */
  static TrainingRun resume(
      RunFolder folder,
      RunLock lock,
      TrainingState state,
      Config config,
      DataSet data,
      int threads) {
    Trainer trainer = new Trainer(config, data, Kernels.best(), threads);
    try {
      trainer.restore(state, folder.checkpoints().toString());
      TrainingRun run = new TrainingRun(folder, lock, trainer);
      run.files.sweep(folder.path());
      String environment = Environment.resumed(folder.environment(), threads, data.location());
      run.files.writeText(folder.environment(), environment);
      run.files.writeText(folder.config(), ConfigJson.write(config));
      run.metrics.keepEpochs(trainer.epoch() - 1);
      run.events.keepEpochs(trainer.epoch() - 1);
      folder.markLatest();
      return run;
    } catch (RuntimeException e) {
      trainer.close();
      throw e;
    }
  }

  /** The name by which a configuration says that training began from this model. */
  public static String digest(Vae from) {
    return StartingWeights.sha256(from);
  }

  private RunPictures pictures(Vae vae) {
    return new RunPictures(vae, trainer.parts().test(), trainer.config().seed(), files);
  }

  public RunFolder folder() {
    return folder;
  }

  public Trainer trainer() {
    return trainer;
  }

  /** The rows of {@code metrics.csv} so far. */
  public List<EpochMetrics> metrics() {
    return metrics.read();
  }

  /** As {@link #train(Consumer, BooleanSupplier, Runnable)}, with nothing else to draw. */
  public boolean train(Consumer<TrainingEvent> listener, BooleanSupplier stop) {
    return train(listener, stop, () -> {});
  }

  /**
   * Trains to the end, or until a stop is asked for; either way all is saved.
   *
   * @param finishing draws what else belongs to a finished run, before its model is written, so
   *     that a run with a model lacks nothing
   * @return whether training has ended
   * @throws InputException where a value is not finite any more; what was saved before stays
   */
  public boolean train(Consumer<TrainingEvent> listener, BooleanSupplier stop, Runnable finishing) {
    CollapseWarning collapse = new CollapseWarning(trainer.config(), metrics.read());
    try {
      boolean ended = trainer.run(event -> tell(event, collapse, listener), stop);
      if (ended) {
        RunPictures last = pictures(trainer.result());
        last.writeReconstructions(folder.reconstructions());
        last.writeDraws(folder.generated());
        finishing.run();
        files.write(folder.model(), SafeTensors.encode(model().toTensorFile()));
      } else {
        save();
      }
      return ended;
    } catch (TrainingFailure failure) {
      throw problem(failure);
    } finally {
      progress.close();
    }
  }

  private InputException problem(TrainingFailure failure) {
    String sentence =
        "step %s: %s; the last good checkpoint is kept in %s; train again with a lower --lr, or look for faulty images"
            .formatted(Numbers.grouped(failure.step()), failure.getMessage(), folder.path());
    InputException problem = new InputException(sentence, failure);
    int epoch = (int) ((failure.step() - 1) / trainer.stepsPerEpoch()) + 1;
    try {
      events.append(List.of(RunEvent.ofFailure(failure.step(), epoch, sentence)));
    } catch (InputException second) {
      problem.addSuppressed(second);
    }
    return problem;
  }

  private void tell(
      TrainingEvent event, CollapseWarning collapse, Consumer<TrainingEvent> listener) {
    if (event instanceof TrainingEvent.EpochDone done) {
      Optional<String> warning = collapse.after(done.metrics());
      keep(done, warning);
      listener.accept(done);
      warning.map(TrainingEvent.Warning::new).ifPresent(listener);
      return;
    }
    if (event instanceof TrainingEvent.Progress moment) {
      progress.write(moment);
      if (isTimeToSave(moment, System.nanoTime() - savedAt)) {
        save();
      }
    }
    listener.accept(event);
  }

  private void keep(TrainingEvent.EpochDone done, Optional<String> warning) {
    int epoch = done.metrics().epoch();
    metrics.append(done.metrics());
    pictures.writeReconstructions(folder.picture(epoch));
    pictures.writeDraws(folder.samples(epoch));
    events.append(RunEvent.ofEpoch(done.metrics(), done.klPerDimension(), warning));
    save();
  }

  /**
   * Never between the last step of an epoch and its row: a run that went on from there would count
   * the epoch's sums into the next one and have no row for it.
   */
  static boolean isTimeToSave(TrainingEvent.Progress progress, long nanosSinceSave) {
    return nanosSinceSave > SAVE_EVERY_NANOS && progress.stepInEpoch() < progress.stepsPerEpoch();
  }

  private void save() {
    store.save(trainer.step(), trainer.state().toTensorFile());
    savedAt = System.nanoTime();
  }

  private ModelFile model() {
    Config config = trainer.config();
    DataSet data = trainer.data();
    TestFigures test = trainer.measure();
    SortedMap<String, String> figures = new TreeMap<>();
    figures.put("test_loss", Numbers.text(test.loss(config.beta())));
    figures.put("test_reconstruction", Numbers.text(test.reconstruction()));
    figures.put("test_kl", Numbers.text(test.kl()));
    figures.put("test_elbo", Numbers.text(test.elbo()));
    figures.put("test_mse", Numbers.text(test.mse()));
    figures.put("active_units", String.valueOf(test.activeUnits()));
    int height = data.test().height();
    int width = data.test().width();
    try {
      double selfTest = SelfTest.elbo(trainer.result(), height, width, Kernels.best());
      figures.put(SelfTest.FIGURE, Numbers.text(selfTest));
    } catch (NonFiniteException e) {
      // Its images are like none of the data: a model that is finite on those is kept without it.
    }
    return new ModelFile(
        config, trainer.result(), height, width, data.sha256(), trainer.resultStep(), figures);
  }

  @Override
  public void close() {
    trainer.close();
    lock.close();
  }
}
