package dev.elbo.studio.map;

import dev.elbo.InputException;
import dev.elbo.checkpoint.DurableFiles;
import dev.elbo.checkpoint.LocalDisk;
import dev.elbo.checkpoint.MixtureFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.studio.model.ModelSource;
import dev.elbo.training.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the t-SNE of a model is kept: in its run directory or, for a model that lies in none, in
 * the user's cache under the model's digest.
 *
 * @param modelSha256 of the model file
 * @param say takes plain lines for whoever started the program
 */
public record MapStore(Path file, String modelSha256, Consumer<String> say) {
  /** Of the digest's 64 digits; the file itself holds the rest. */
  private static final int DIGITS = 16;

  /**
   * @param cache the folder for models that lie in no run directory
   */
  public static MapStore of(ModelSource model, Path cache, Consumer<String> say) {
    String sha256 = MixtureFile.digestOf(model.file());
    Path file =
        model
            .run()
            .map(RunFolder::map)
            .orElseGet(() -> cache.resolve(sha256.substring(0, DIGITS) + ".safetensors"));
    return new MapStore(file, sha256, say);
  }

  /** The t-SNE that is kept for this map. */
  public Optional<TsneMap> find(PrincipalMap map) {
    return read(TsneMap.Source.of(map.means().first(TsneMap.POINTS), this));
  }

  /** A damaged file, or one of another source, is no loss: it can be made again. */
  Optional<TsneMap> read(TsneMap.Source source) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TsneMap.of(SafeTensors.read(file), file.toString(), source));
    } catch (InputException e) {
      say.accept("note: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What cannot be kept is still shown: a run on a read-only disk is no obstacle. */
  void write(TsneMap map) {
    try {
      DurableFiles files = new DurableFiles(new LocalDisk());
      files.createFolder(file.toAbsolutePath().getParent());
      files.write(file, SafeTensors.encode(map.toTensorFile()));
    } catch (InputException e) {
      say.accept("note: " + e.getMessage());
    }
  }
}
