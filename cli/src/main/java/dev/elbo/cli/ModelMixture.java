package dev.elbo.cli;

import dev.elbo.InputException;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.checkpoint.MixtureFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.Batches;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Team;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Encoder;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureFit;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mixture of a model: that inside the program for the model inside it, the one that lies in the
 * run, or else one fitted to the data that the model was trained on and left in the run.
 */
final class ModelMixture {
  private final ModelChoice.Chosen chosen;
  private final ModelData data;
  private final Threads threads;
  private final Console console;
  private final String modelSha256;

  ModelMixture(ModelChoice.Chosen chosen, ModelData data, Threads threads, Console console) {
    this.chosen = chosen;
    this.data = data;
    this.threads = threads;
    this.console = console;
    this.modelSha256 = MixtureFile.digestOf(chosen.file());
  }

  Mixture find() {
    if (chosen.name().equals(Pretrained.NAME)) {
      return Pretrained.mixture().mixture();
    }
    Optional<Path> file = chosen.run().map(RunFolder::mixture);
    return file.flatMap(this::read).orElseGet(() -> fit(file));
  }

  /** A damaged file, or that of another model, is no loss: it is fitted again. */
  private Optional<Mixture> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      MixtureFile stored = MixtureFile.of(SafeTensors.read(file), file.toString());
      if (stored.modelSha256().equals(modelSha256)) {
        return Optional.of(stored.mixture());
      }
      console.say("note: " + file + " belongs to another model and is fitted again");
    } catch (InputException e) {
      console.say("note: " + e.getMessage() + "; it is fitted again");
    }
    return Optional.empty();
  }

  private Mixture fit(Optional<Path> file) {
    DataSet set = data.of(chosen, console);
    if (!set.sha256().equals(chosen.model().datasetSha256())) {
      throw new InputException(
          "mixture: expected the images that %s was trained on, found others (%s, %s); give their folder with --data, or use --sampler prior"
              .formatted(chosen.name(), set.name(), set.location()));
    }
    Images images = set.train();
    console.say("fitting a mixture to the codes of the training images …");
    Encoder encoder = new Encoder(chosen.model().vae());
    Codes codes = encoder.encode(new Batches(images), images::label, images.count());
    Mixture mixture;
    try (Team team = new Team(threads.count())) {
      mixture = MixtureFit.fit(codes, images.labels(), chosen.model().config().seed(), team);
    }
    file.ifPresent(path -> keep(mixture, path));
    return mixture;
  }

  /** What cannot be kept can be fitted again: a run on a read-only disk is no obstacle. */
  private void keep(Mixture mixture, Path file) {
    try {
      byte[] bytes = SafeTensors.encode(new MixtureFile(mixture, modelSha256).toTensorFile());
      new DurableFiles(new LocalDisk()).write(file, bytes);
    } catch (InputException e) {
      console.say("note: " + e.getMessage());
    }
  }
}
