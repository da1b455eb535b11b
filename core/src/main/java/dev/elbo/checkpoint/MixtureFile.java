package dev.elbo.checkpoint;

import dev.elbo.InputException;
import dev.elbo.latent.Mixture;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mixture beside the model whose aggregate posterior it describes. Another model, or the same one
 * trained on, makes it worthless, so it names its model.
 *
 * @param modelSha256 {@link #digestOf} the model
 */
public record MixtureFile(Mixture mixture, String modelSha256) {
  private static final String VERSION = "elbo-mixture-1";
  private static final String MODEL = "model_sha256";
  private static final double WEIGHTS_ROUNDING = 1e-3;

  /** The digest of a model file's bytes. */
  public static String digestOf(TensorFile model) {
    return HexFormat.of().formatHex(SafeTensors.digest().digest(SafeTensors.encode(model)));
  }

  public TensorFile toTensorFile() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ModelFile.FORMAT, VERSION);
    metadata.put(MODEL, modelSha256);
    int count = mixture.components();
    int active = mixture.active().length;
    int latent = mixture.latentSize();
    return new TensorFile(
        metadata,
        List.of(
            new NamedTensor("active", List.of(active), floats(mixture.active())),
            new NamedTensor("weights", List.of(count), mixture.weights()),
            new NamedTensor(
                "classes", List.of(mixture.classes().length), floats(mixture.classes())),
            new NamedTensor("means", List.of(count, active), mixture.means()),
            new NamedTensor("factors", List.of(count, Mixture.triangle(active)), mixture.factors()),
            new NamedTensor("rest_mean", List.of(latent), mixture.restMean()),
            new NamedTensor("rest_deviation", List.of(latent), mixture.restDeviation())));
  }

  /**
   * @param name of the file, for errors
   */
  public static MixtureFile of(TensorFile file, String name) {
    String version = ModelFile.text(file, ModelFile.FORMAT, name);
    if (!version.equals(VERSION)) {
      throw new InputException(
          "%s: expected format %s, found %s; delete it, and it is fitted anew"
              .formatted(name, VERSION, version));
    }
    file.requireFinite(name);
    Mixture mixture =
        new Mixture(
            whole(values(file, "active", name)),
            values(file, "weights", name),
            whole(values(file, "classes", name)),
            values(file, "means", name),
            values(file, "factors", name),
            values(file, "rest_mean", name),
            values(file, "rest_deviation", name));
    if (!isSound(mixture)) {
      throw new InputException(
          "%s: expected a mixture of Gaussians, found tensors that make none; delete it, and it is fitted anew"
              .formatted(name));
    }
    return new MixtureFile(mixture, ModelFile.text(file, MODEL, name));
  }

  private static float[] values(TensorFile file, String tensor, String name) {
    return file.tensor(tensor)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: expected a tensor %s, found none; delete it, and it is fitted anew"
                        .formatted(name, tensor)))
        .values();
  }

  private static boolean isSound(Mixture m) {
    int count = m.components();
    int active = m.active().length;
    int latent = m.latentSize();
    boolean sizes =
        count > 0
            && m.restDeviation().length == latent
            && m.means().length == (long) count * active
            && m.factors().length == (long) count * Mixture.triangle(active)
            && (m.classes().length == 0 || m.classes().length == count);
    return sizes && isAscendingBelow(m.active(), latent) && isDistribution(m);
  }

  private static boolean isAscendingBelow(int[] numbers, int bound) {
    int least = 0;
    for (int number : numbers) {
      if (number < least || number >= bound) {
        return false;
      }
      least = number + 1;
    }
    return true;
  }

  private static boolean isDistribution(Mixture m) {
    double sum = 0;
    for (float weight : m.weights()) {
      if (weight < 0) {
        return false;
      }
      sum += weight;
    }
    for (float deviation : m.restDeviation()) {
      if (!(deviation > 0)) {
        return false;
      }
    }
    int active = m.active().length;
    for (int k = 0; k < m.components(); k++) {
      for (int i = 0; i < active; i++) {
        int diagonal = k * Mixture.triangle(active) + Mixture.triangle(i) + i;
        if (!(m.factors()[diagonal] > 0)) {
          return false;
        }
      }
    }
    return Math.abs(sum - 1) < WEIGHTS_ROUNDING;
  }

  private static float[] floats(int[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }

  /** A fraction becomes −1, which no number of a dimension is. */
  private static int[] whole(float[] floats) {
    int[] numbers = new int[floats.length];
    Arrays.setAll(numbers, i -> floats[i] == (int) floats[i] ? (int) floats[i] : -1);
    return numbers;
  }
}
