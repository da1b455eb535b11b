package dev.elbo.quality;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.data.DataSet;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A classifier and where it comes from; equal data give an equal file.
 *
 * @param epochs that it was trained for
 * @param datasetSha256 of the data it was trained on
 * @param testAccuracy share of that data's test images which it gets right
 */
public record TrainedClassifier(
    Classifier classifier,
    ClassifierRecipe recipe,
    int epochs,
    String datasetSha256,
    double testAccuracy) {
  private static final String VERSION = "elbo-classifier-1";
  private static final String RECIPE = "recipe";
  private static final String ACCURACY = "test_accuracy";
  private static final String HEAD = "output.bias";

  /** Trains the usual classifier; the same for any number of threads and any kernels. */
  public static TrainedClassifier of(DataSet data, Kernels kernels, Team team) {
    return ClassifierTraining.train(data, ClassifierRecipe.DEFAULT, kernels, team);
  }

  /** How it is named in results. */
  public String description() {
    return "classifier %s, %d epochs, seed %d, test accuracy %s%%"
        .formatted(classifier.shape(), epochs, recipe.seed(), Numbers.fixed(100 * testAccuracy, 2));
  }

  public TensorFile toTensorFile() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(ModelFile.FORMAT, VERSION);
    metadata.put(RECIPE, recipe.text());
    metadata.put(ModelFile.DATASET_SHA256, datasetSha256);
    metadata.put(ACCURACY, Numbers.text(testAccuracy));
    List<NamedTensor> tensors = new ArrayList<>();
    classifier.parameters().forEach(parameter -> tensors.add(ModelFile.tensor(parameter)));
    return new TensorFile(metadata, tensors);
  }

  /**
   * @param data that it must be a classifier of
   * @param name of the file, for errors
   */
  public static TrainedClassifier of(TensorFile file, DataSet data, String name) {
    return of(file, data, ClassifierRecipe.DEFAULT, name);
  }

  static TrainedClassifier of(TensorFile file, DataSet data, ClassifierRecipe recipe, String name) {
    require(file, ModelFile.FORMAT, VERSION, name);
    require(file, RECIPE, recipe.text(), name);
    require(file, ModelFile.DATASET_SHA256, data.sha256(), name);
    List<Integer> shape = file.tensor(HEAD).map(NamedTensor::shape).orElse(List.of());
    int classes = shape.isEmpty() ? 0 : shape.get(0);
    Classifier classifier =
        Classifier.create(data.train().size(), recipe.hiddenSizes(), classes, Noise.of(0));
    ModelFile.fill(classifier.parameters(), file, name);
    file.requireFinite(name);
    int epochs = recipe.epochs(data.train().count());
    return new TrainedClassifier(classifier, recipe, epochs, data.sha256(), accuracy(file, name));
  }

  private static void require(TensorFile file, String key, String expected, String name) {
    String found = ModelFile.text(file, key, name);
    if (!found.equals(expected)) {
      throw new InputException(
          "%s: expected %s %s, found %s; delete it, and it is trained anew"
              .formatted(name, key, expected, found));
    }
  }

  private static double accuracy(TensorFile file, String name) {
    String text = ModelFile.text(file, ACCURACY, name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: expected a number as %s, found \"%s\"; delete it, and it is trained anew"
              .formatted(name, ACCURACY, text),
          e);
    }
  }
}
