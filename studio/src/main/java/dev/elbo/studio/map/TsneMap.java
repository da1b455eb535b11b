package dev.elbo.studio.map;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.kernel.Team;
import dev.elbo.map.Cloud;
import dev.elbo.map.Tsne;
import dev.elbo.map.TsneProgress;
import dev.elbo.map.TsneSettings;
import java.util.List;
import java.util.Optional;
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
  /** Points that a t-SNE shows and trustworthiness is measured on: the first of the map. */
  public static final int POINTS = 5_000;

  /** Below it nobody has three neighbours. */
  static final int LEAST_POINTS = 4;

  private static final long SEED = 0;

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
  record Source(String modelSha256, String codesSha256, String settings) {
    /** Of these codes of the store's model. */
    static Source of(Cloud means, MapStore store) {
      return new Source(
          store.modelSha256(),
          PrincipalMap.digestOf(means),
          TsneMap.settings(means).text() + ", seed " + SEED);
    }
  }

  /** Of few points the perplexity is a third. */
  private static TsneSettings settings(Cloud means) {
    TsneSettings usual = TsneSettings.DEFAULT;
    return new TsneSettings(
        Math.max(1, Math.min(usual.perplexity(), (means.count() - 1) / 3.0)),
        usual.iterations(),
        usual.exaggeration(),
        usual.exaggerated(),
        usual.theta());
  }

  /** Empty where the progress ended it. */
  static Optional<TsneMap> make(Cloud means, MapStore store, Team team, TsneProgress progress) {
    return Tsne.of(means, settings(means), SEED, team, progress)
        .map(
            made ->
                new TsneMap(
                    made.map(),
                    made.divergence(),
                    PrincipalMap.trustworthiness(means, made.map(), team),
                    Source.of(means, store)));
  }

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
