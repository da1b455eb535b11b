package dev.elbo.studio.map;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.map.Cloud;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A finished t-SNE, kept with the model whose first codes it shows; the model trained on, or other
 * images, make it worthless, so it names both.
 *
 * @param divergence KL(P‖Q) in nats
 * @param trustworthiness NaN where there are too few points for it
 * @param source what it was made of and how
 */
public record TsneMap(Cloud map, double divergence, double trustworthiness, Source source) {
  private static final String VERSION = "elbo-map-1";
  private static final String MODEL = "model_sha256";
  private static final String CODES = "codes_sha256";
  private static final String SETTINGS = "settings";
  private static final String DIVERGENCE = "divergence";
  private static final String TRUSTWORTHINESS = "trustworthiness";
  private static final String MAP = "map";

  /**
   * What a t-SNE is a function of.
   *
   * @param modelSha256 of the model file
   * @param codesSha256 of the codes on the map
   * @param settings of t-SNE and its seed
   */
  record Source(String modelSha256, String codesSha256, String settings) {}

  TensorFile toTensorFile() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ModelFile.FORMAT, VERSION);
    metadata.put(MODEL, source.modelSha256);
    metadata.put(CODES, source.codesSha256);
    metadata.put(SETTINGS, source.settings);
    metadata.put(DIVERGENCE, Numbers.text(divergence));
    metadata.put(TRUSTWORTHINESS, Numbers.text(trustworthiness));
    NamedTensor points = new NamedTensor(MAP, List.of(map.count(), 2), map.values());
    return new TensorFile(metadata, List.of(points));
  }

  /**
   * @param name of the file, for errors
   * @param source that it must be of
   * @throws InputException where it is none, or one of another source
   */
  static TsneMap of(TensorFile file, String name, Source source) {
    require(file, ModelFile.FORMAT, VERSION, name);
    require(file, MODEL, source.modelSha256, name);
    require(file, CODES, source.codesSha256, name);
    require(file, SETTINGS, source.settings, name);
    file.requireFinite(name);
    NamedTensor points =
        file.tensor(MAP)
            .filter(tensor -> tensor.shape().size() == 2 && tensor.shape().get(1) == 2)
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: expected a tensor map of two columns, found none; delete it, and it is made anew"
                            .formatted(name)));
    return new TsneMap(
        new Cloud(points.shape().get(0), 2, points.values()),
        number(file, DIVERGENCE, name),
        number(file, TRUSTWORTHINESS, name),
        source);
  }

  private static void require(TensorFile file, String key, String expected, String name) {
    String found = ModelFile.text(file, key, name);
    if (!found.equals(expected)) {
      throw new InputException(
          "%s: expected %s %s, found %s; delete it, and it is made anew"
              .formatted(name, key, expected, found));
    }
  }

  private static double number(TensorFile file, String key, String name) {
    String text = ModelFile.text(file, key, name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: expected a number as %s, found \"%s\"; delete it, and it is made anew"
              .formatted(name, key, text),
          e);
    }
  }
}
