package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.DataSet;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.quality.TrainedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The classifiers of data sets, trained at first use and kept beside downloads: a function of the
 * data alone, so that every run of the same data has the same one.
 *
 * @param folder where they lie
 */
record ClassifierCache(Path folder, Console console) {
  /** Of the digest's 64 digits; the file itself holds the rest. */
  private static final int DIGITS = 16;

  TrainedClassifier find(DataSet set, Team team) {
    Path file = folder.resolve(shortened(set.sha256()) + ".safetensors");
    return read(file, set).orElseGet(() -> train(file, set, team));
  }

  private static String shortened(String sha256) {
    return sha256.substring(0, Math.min(DIGITS, sha256.length()));
  }

  /** A damaged file, or that of another recipe, is no loss: the classifier is trained again. */
  private Optional<TrainedClassifier> read(Path file, DataSet set) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TrainedClassifier.of(SafeTensors.read(file), set, file.toString()));
    } catch (InputException e) {
      console.say("note: " + e.getMessage());
      return Optional.empty();
    }
  }

  private TrainedClassifier train(Path file, DataSet set, Team team) {
    console.say(
        "training a classifier on the %s training images of %s …"
            .formatted(Numbers.grouped(set.train().count()), set.name()));
    TrainedClassifier classifier = TrainedClassifier.of(set, Kernels.best(), team);
    try {
      DurableFiles files = new DurableFiles(new LocalDisk());
      files.createFolder(folder);
      files.write(file, SafeTensors.encode(classifier.toTensorFile()));
    } catch (InputException e) {
      // What cannot be kept can be trained again.
      console.say("note: " + e.getMessage());
    }
    return classifier;
  }
}
