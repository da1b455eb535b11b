package dev.elbo.checkpoint;

import dev.elbo.InputException;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model and where it comes from. Everything in it is a function of configuration, seed
 * and data, so that the same training gives the same file everywhere.
 *
 * @param height of the images it was trained on
 * @param datasetSha256 digest of the data set's contents
 * @param figures what the training ended with, by name, as text
 */
public record ModelFile(
    Config config,
    Vae vae,
    int height,
    int width,
    String datasetSha256,
    long step,
    SortedMap<String, String> figures) {

  public static final String FORMAT = "format";
  public static final String VERSION = "elbo-1";
  public static final String CONFIG = "config";
  public static final String DATASET = "dataset";
  public static final String DATASET_SHA256 = "dataset_sha256";
  public static final String SEED = "seed";
  public static final String STEP = "step";
  private static final String HEIGHT = "image_height";
  private static final String WIDTH = "image_width";
  private static final String FIGURE = "figure.";

  /** A smaller lack is told by the tensor's name; a larger one must not cost memory first. */
  private static final long UNCHECKED_WEIGHTS = 1_000_000;

  public TensorFile toTensorFile() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put(CONFIG, ConfigJson.write(config));
    metadata.put(DATASET, config.dataset());
    metadata.put(DATASET_SHA256, datasetSha256);
    metadata.put(SEED, String.valueOf(config.seed()));
    metadata.put(STEP, String.valueOf(step));
    metadata.put(HEIGHT, String.valueOf(height));
    metadata.put(WIDTH, String.valueOf(width));
    figures.forEach((name, text) -> metadata.put(FIGURE + name, text));
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter parameter : vae.parameters()) {
      tensors.add(tensor(parameter));
    }
    return new TensorFile(metadata, tensors);
  }

  public static NamedTensor tensor(Parameter parameter) {
    List<Integer> shape = Arrays.stream(parameter.shape()).boxed().toList();
    return new NamedTensor(parameter.name(), shape, parameter.toArray());
  }

  /**
   * @param name of the file, for errors
   */
  public static ModelFile of(TensorFile file, String name) {
    requireVersion(file, name);
    Config config = ConfigJson.parse(text(file, CONFIG, name), name);
    long height = whole(file, HEIGHT, name);
    long width = whole(file, WIDTH, name);
    int pixels = config.vae().inputSize();
    if (height < 1 || height > pixels || width < 1 || width > pixels || height * width != pixels) {
      throw new InputException(
          "%s: expected images of %d pixels, found %d×%d; the file was altered"
              .formatted(name, pixels, height, width));
    }
    long weights = file.tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
    if (config.vae().weights() > weights + UNCHECKED_WEIGHTS) {
      throw new InputException(
          "%s: expected %d weights for its configuration, found %d; the file was altered"
              .formatted(name, config.vae().weights(), weights));
    }
    Vae vae = new Vae(config.vae(), config.seed());
    fill(vae.parameters(), file, name);
    if (file.tensors().size() != vae.parameters().size()) {
      throw new InputException(
          "%s: expected %d tensors for its configuration, found %d; the file was altered"
              .formatted(name, vae.parameters().size(), file.tensors().size()));
    }
    file.requireFinite(name);
    SortedMap<String, String> figures = new TreeMap<>();
    file.metadata()
        .forEach(
            (key, text) -> {
              if (key.startsWith(FIGURE)) {
                figures.put(key.substring(FIGURE.length()), text);
              }
            });
    return new ModelFile(
        config,
        vae,
        (int) height,
        (int) width,
        text(file, DATASET_SHA256, name),
        whole(file, STEP, name),
        figures);
  }

  /** Gives parameters the values of the tensors of their names, which must have their shapes. */
  public static void fill(List<Parameter> parameters, TensorFile file, String name) {
    for (Parameter parameter : parameters) {
      NamedTensor tensor =
          file.tensor(parameter.name())
              .orElseThrow(
                  () ->
                      new InputException(
                          "%s: expected a tensor %s, found none; the file was altered"
                              .formatted(name, parameter.name())));
      List<Integer> shape = Arrays.stream(parameter.shape()).boxed().toList();
      if (!tensor.shape().equals(shape)) {
        throw new InputException(
            "%s: expected shape %s for %s, found %s; the file does not fit its configuration"
                .formatted(name, shape, parameter.name(), tensor.shape()));
      }
      parameter.set(tensor.values());
    }
  }

  /** Refuses what another version of the format wrote. */
  public static void requireVersion(TensorFile file, String name) {
    String version = text(file, FORMAT, name);
    if (!version.equals(VERSION)) {
      throw new InputException(
          "%s: expected format %s, found %s; use the version of elbo that wrote it"
              .formatted(name, VERSION, version));
    }
  }

  /** A metadata entry that must be there. */
  public static String text(TensorFile file, String key, String name) {
    String value = file.metadata().get(key);
    if (value == null) {
      throw new InputException(
          "%s: expected an entry \"%s\" in its metadata, found none; it is not a file of this kind"
              .formatted(name, key));
    }
    return value;
  }

  private static long whole(TensorFile file, String key, String name) {
    String text = text(file, key, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: expected a whole number as \"%s\", found \"%s\"; the file was altered"
              .formatted(name, key, text),
          e);
    }
  }
}
