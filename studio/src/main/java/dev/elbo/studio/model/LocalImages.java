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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The images that models were trained on, where they are on this machine; else pen digits stand in.
 * Nothing is downloaded, and models of one data set share its images. For one thread.
 */
final class LocalImages {
  /** Enough to look at; as many as MNIST has would take a while to write. */
  private static final int STAND_INS = 10_000;

  /** By the digest of the data set, or by the seed of those that stand in. */
  private final Map<String, Found> known = new HashMap<>();

  private final Optional<Path> given;

  /**
   * @param given where data sets may lie, before the usual places
   */
  LocalImages(Optional<Path> given) {
    this.given = given;
  }

  /**
   * @param dataset its name
   * @param standsIn whether the model was trained on others
   * @param images the test images, then the training images
   * @param testCount how many are test images
   * @param testClasses of the test images; 0 without labels
   */
  record Found(String dataset, boolean standsIn, Images images, int testCount, int testClasses) {
    private static Found of(String dataset, boolean standsIn, Images test, Images train) {
      Images images = ImageRows.joined(test, train);
      return new Found(dataset, standsIn, images, test.count(), test.classes());
    }
  }

  /** Empty where there are none of the model's size and classes. */
  Optional<Found> of(ModelSource source) {
    ModelFile model = source.model();
    return Optional.ofNullable(known.get(model.datasetSha256()))
        .or(() -> read(source))
        .or(() -> Optional.of(standIn(model)))
        .filter(found -> fits(found, model));
  }

  private Optional<Found> read(ModelSource source) {
    Optional<Found> found =
        stored(source)
            .filter(set -> set.sha256().equals(source.model().datasetSha256()))
            .map(set -> Found.of(set.name(), false, set.test(), set.train()));
    found.ifPresent(images -> known.put(source.model().datasetSha256(), images));
    return found;
  }

  private Optional<DataSet> stored(ModelSource source) {
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

  private Found standIn(ModelFile model) {
    long seed = model.config().seed();
    return known.computeIfAbsent(
        "seed " + seed,
        key ->
            Found.of(
                DataSets.PEN,
                true,
                PenDigits.images(seed, PenDigits.Part.TEST, 0, STAND_INS),
                PenDigits.images(seed, PenDigits.Part.TRAIN, 0, STAND_INS)));
  }

  private static boolean fits(Found found, ModelFile model) {
    Images images = found.images;
    boolean hasSize = images.height() == model.height() && images.width() == model.width();
    boolean conditional = model.config().vae().labels().conditional();
    int classes = model.config().vae().labels().classes();
    boolean hasClasses = images.labels().isPresent() && images.classes() <= classes;
    return hasSize && (!conditional || hasClasses);
  }
}
