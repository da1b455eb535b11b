package dev.elbo.studio.model;

import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.training.RunFolder;
import java.util.Locale;
import java.util.Optional;

/**
 * A model as it was loaded, before it is served.
 *
 * @param id by which requests name it, of {@code [a-z0-9-]}
 * @param name for people
 * @param run the run directory that it lies in
 */
public record ModelSource(
    String id, String name, TensorFile file, ModelFile model, Optional<RunFolder> run) {
  /** The model inside the program. */
  public static final String DEFAULT = "default";

  private static final int LONGEST_ID = 64;

  public ModelSource {
    if (!id.matches("[a-z0-9-]{1," + LONGEST_ID + "}")) {
      throw new IllegalArgumentException("id (=" + id + ") must be of [a-z0-9-]");
    }
  }

  public static ModelSource pretrained() {
    TensorFile file = Pretrained.read();
    ModelFile model = ModelFile.of(file, Pretrained.NAME);
    return new ModelSource(DEFAULT, Pretrained.NAME, file, model, Optional.empty());
  }

  public boolean isPretrained() {
    return name.equals(Pretrained.NAME);
  }

  /** The id for a run directory's or a file's name. */
  public static String idOf(String fileName) {
    String plain =
        fileName
            .replaceFirst("\\.safetensors$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String id = plain.substring(0, Math.min(LONGEST_ID, plain.length()));
    return id.isEmpty() ? "model" : id;
  }
}
