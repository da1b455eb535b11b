package dev.elbo.studio.model;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.DownloadListener;
import dev.elbo.data.Images;
import dev.elbo.data.PenDigits;
import dev.elbo.data.Places;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The images that a model was trained on, where they are on this machine; else pen digits stand in.
 * Nothing is downloaded.
 */
final class LocalImages {
  /** Enough to look at; as many as MNIST has would take a while to write. */
  private static final int STAND_INS = 10_000;

  private LocalImages() {}

  /**
   * @param dataset its name
   * @param standsIn whether the model was trained on others
   */
  record Found(String dataset, boolean standsIn, Images test, Images train) {}

  /** Empty where there are none of the model's size and classes. */
  static Optional<Found> of(ModelSource source, Optional<Path> given) {
    ModelFile model = source.model();
    return stored(source, given)
        .filter(set -> set.sha256().equals(model.datasetSha256()))
        .map(set -> new Found(set.name(), false, set.test(), set.train()))
        .or(() -> Optional.of(standIn(model)))
        .filter(found -> fits(found, model));
  }

  private static Optional<DataSet> stored(ModelSource source, Optional<Path> given) {
    String name = source.model().config().dataset();
    long seed = source.model().config().seed();
    Optional<Path> folder =
        given.or(() -> source.run().flatMap(RunFolder::dataLocation)).filter(Files::isDirectory);
    DataSets sets =
        new DataSets(
            Places.ofThisProcess(), PenDigits::dataSet, DownloadListener.SILENT, line -> {});
    try {
      if (name.equals(DataSets.PEN)) {
        return Optional.of(PenDigits.dataSet(seed));
      }
      if (name.equals(DataSets.FOLDER)) {
        return folder.map(of -> sets.load(Optional.of(name), Optional.of(of), seed));
      }
      return sets.here(name, folder);
    } catch (InputException broken) {
      // A damaged file is as good as none here; training and evaluating tell what is wrong with it.
      return Optional.empty();
    }
  }

  private static Found standIn(ModelFile model) {
    long seed = model.config().seed();
    return new Found(
        DataSets.PEN,
        true,
        PenDigits.images(seed, PenDigits.Part.TEST, 0, STAND_INS),
        PenDigits.images(seed, PenDigits.Part.TRAIN, 0, STAND_INS));
  }

  private static boolean fits(Found found, ModelFile model) {
    boolean hasSize = found.test.height() == model.height() && found.test.width() == model.width();
    boolean conditional = model.config().vae().labels().conditional();
    int classes = model.config().vae().labels().classes();
    boolean hasClasses =
        found.test.labels().isPresent()
            && found.train.labels().isPresent()
            && Math.max(found.test.classes(), found.train.classes()) <= classes;
    return hasSize && (!conditional || hasClasses);
  }
}
