package dev.elbo.training;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A checkpoint: all that the rest of a training depends on.
 *
 * @param datasetSha256 digest of the data set's contents
 * @param images in the training set
 * @param step updates made
 * @param seconds spent so far
 * @param sums of the epoch that has begun
 * @param best on the validation images
 * @param tensors the weights and Adam's moments; averaged weights and those of the best epoch,
 *     where there are any
 */
record TrainingState(
    Config config,
    String datasetSha256,
    int images,
    long step,
    double seconds,
    EpochSums sums,
    Optional<BestEpoch> best,
    List<NamedTensor> tensors) {

  private static final String IMAGES = "images";
  private static final String SECONDS = "seconds";
  private static final String LOSS = "epoch_loss";
  private static final String RECONSTRUCTION = "epoch_reconstruction";
  private static final String KL = "epoch_kl";
  private static final String BEST_STEP = "best_step";
  private static final String BEST_LOSS = "best_loss";

  TensorFile toTensorFile() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ModelFile.FORMAT, ModelFile.VERSION);
    metadata.put(ModelFile.CONFIG, ConfigJson.write(config));
    metadata.put(ModelFile.DATASET_SHA256, datasetSha256);
    metadata.put(IMAGES, String.valueOf(images));
    metadata.put(ModelFile.STEP, String.valueOf(step));
    metadata.put(SECONDS, Numbers.text(seconds));
    metadata.put(LOSS, Numbers.text(sums.loss()));
    metadata.put(RECONSTRUCTION, Numbers.text(sums.reconstruction()));
    metadata.put(KL, Numbers.text(sums.kl()));
    best.ifPresent(
        of -> {
          metadata.put(BEST_STEP, String.valueOf(of.step()));
          metadata.put(BEST_LOSS, Numbers.text(of.loss()));
        });
    return new TensorFile(metadata, tensors);
  }

  /**
   * @param name of the file, for errors
   */
  static TrainingState of(TensorFile file, String name) {
    ModelFile.requireVersion(file, name);
    file.requireFinite(name);
    return new TrainingState(
        ConfigJson.parse(ModelFile.text(file, ModelFile.CONFIG, name), name),
        ModelFile.text(file, ModelFile.DATASET_SHA256, name),
        (int) number(file, IMAGES, name),
        (long) number(file, ModelFile.STEP, name),
        number(file, SECONDS, name),
        new EpochSums(
            number(file, LOSS, name), number(file, RECONSTRUCTION, name), number(file, KL, name)),
        best(file, name),
        file.tensors());
  }

  private static Optional<BestEpoch> best(TensorFile file, String name) {
    return file.metadata().containsKey(BEST_STEP)
        ? Optional.of(
            new BestEpoch((long) number(file, BEST_STEP, name), number(file, BEST_LOSS, name)))
        : Optional.empty();
  }

  /**
   * Whether all epochs are done, or as many as patience allows since the best; it does not wear
   * while β is rising.
   */
  static boolean hasEnded(Config config, long step, int stepsPerEpoch, Optional<BestEpoch> best) {
    long epochs = step / stepsPerEpoch;
    int patience = config.schedule().patience();
    double since =
        best.isEmpty()
            ? epochs
            : Math.max(best.get().step() / stepsPerEpoch, config.objective().klWarmup());
    boolean isOut = patience > 0 && epochs - since >= patience;
    return epochs >= config.epochs() || isOut;
  }

  /** Whether the training of this state has, by a configuration that may have more epochs. */
  boolean hasEnded(Config now) {
    return hasEnded(now, step, stepsPerEpoch(), best);
  }

  /** Updates that the model of a training that has ended here has seen. */
  long resultStep() {
    return best.map(BestEpoch::step).orElse(step);
  }

  /** A model's tensors under other names than those of the trained one. */
  static List<NamedTensor> named(String prefix, Vae vae) {
    return vae.parameters().stream()
        .map(ModelFile::tensor)
        .map(of -> new NamedTensor(prefix + of.name(), of.shape(), of.values()))
        .toList();
  }

  /** Gives a model the tensors that {@link #named} has named. */
  void into(String prefix, Vae vae, String name) {
    List<NamedTensor> own =
        tensors.stream()
            .filter(of -> of.name().startsWith(prefix))
            .map(
                of ->
                    new NamedTensor(of.name().substring(prefix.length()), of.shape(), of.values()))
            .toList();
    ModelFile.fill(vae.parameters(), new TensorFile(new TreeMap<>(), own), name);
  }

  /** Updates in an epoch; the last partial batch counts. */
  static int stepsPerEpoch(Config config, int images) {
    int rows = Math.min(config.batchSize(), images);
    return (images + rows - 1) / rows;
  }

  int stepsPerEpoch() {
    return stepsPerEpoch(config, images);
  }

  /** Gives the parameters the values of the tensors of their names. */
  void into(List<Parameter> parameters, String name) {
    ModelFile.fill(parameters, toTensorFile(), name);
  }

  private static double number(TensorFile file, String key, String name) {
    String text = ModelFile.text(file, key, name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: expected a number as \"%s\", found \"%s\"; the file was altered"
              .formatted(name, key, text),
          e);
    }
  }
}
