package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSets;
import dev.elbo.data.Images;
import dev.elbo.model.Config;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The data that a model was trained on, or other data of the same size. */
final class ModelData {
  @Option(
      names = "--data",
      order = 120,
      paramLabel = "DIR",
      description = "where the model's data lies, or a folder of your own IDX files instead")
  private Path folder;

  /** The test images are binarized as the model's were. */
  DataSet of(ModelChoice.Chosen chosen, Console console) {
    return binarized(stored(chosen, console), chosen);
  }

  static DataSet binarized(DataSet set, ModelChoice.Chosen chosen) {
    Config config = chosen.model().config();
    return set.withTest(config.data().binarization().ofTest(set.test(), config.seed()));
  }

  /** As it lies on the disk. Where the data cannot be had, pen digits stand in. */
  DataSet stored(ModelChoice.Chosen chosen, Console console) {
    ModelFile model = chosen.model();
    String name = model.config().dataset();
    Optional<Path> where =
        Optional.ofNullable(folder)
            .or(() -> chosen.run().flatMap(RunFolder::dataLocation).filter(Files::isDirectory));
    // By no name MNIST gives way to pen digits where it is nowhere; other sets have no stand-in.
    // By no name, too, a folder that is a data set itself is that data set.
    boolean nameless = folder == null ? name.equals("mnist") : DataSets.isOwn(folder);
    Optional<String> asked = nameless ? Optional.empty() : Optional.of(name);
    long seed = model.config().seed();
    DataSet set = Data.load(console, asked, where, seed);
    if (set.test().height() != model.height() || set.test().width() != model.width()) {
      throw new InputException(
          "%s: expected images of %d×%d pixels as %s was trained on, found %d×%d; give other data with --data"
              .formatted(
                  set.location(),
                  model.height(),
                  model.width(),
                  chosen.name(),
                  set.test().height(),
                  set.test().width()));
    }
    if (model.config().vae().labels().conditional()) {
      requireLabels(set, chosen);
    }
    if (!set.sha256().equals(model.datasetSha256()) && !set.name().equals(DataSets.PEN)) {
      console.say("note: these are not the images that the model was trained on");
    }
    return set;
  }

  /** A conditional model must know the class of every image. */
  private static void requireLabels(DataSet set, ModelChoice.Chosen chosen) {
    int classes = chosen.model().config().vae().labels().classes();
    for (Images part : List.of(set.train(), set.test())) {
      if (part.labels().isEmpty() || part.classes() > classes) {
        throw new InputException(
            "%s: expected labels from 0 to %d as %s was trained on, found %s; give other data with --data"
                .formatted(
                    set.location(),
                    classes - 1,
                    chosen.name(),
                    part.labels().isEmpty() ? "none" : String.valueOf(part.classes() - 1)));
      }
    }
  }
}
