package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import dev.elbo.checkpoint.NamedTensor;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.checkpoint.TensorFile;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedClassifierTest {
  private static final TrainedClassifier TRAINED = Pens.trained(Kernels.best(), 1);

  private static byte[] bytes(TrainedClassifier classifier) {
    return SafeTensors.encode(classifier.toTensorFile());
  }

  @Test
  void itLearns() {
    // Chance is 0.1, and half of the images are of an unseen seed's hands.
    assertThat(TRAINED.testAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void threadsAndKernelsDoNotEnter() {
    assertThat(bytes(Pens.trained(Kernels.best(), 3))).isEqualTo(bytes(TRAINED));
    assertThat(bytes(Pens.trained(Kernels.plain(), 2))).isEqualTo(bytes(TRAINED));
  }

  @Test
  void aFileGivesItBack() {
    TensorFile file = SafeTensors.decode(bytes(TRAINED), "c");
    TrainedClassifier again = TrainedClassifier.of(file, Pens.DATA, Pens.RECIPE, "c");
    assertThat(bytes(again)).isEqualTo(bytes(TRAINED));
    assertThat(again.description()).isEqualTo(TRAINED.description());
  }

  @Test
  void itsNameSaysWhatItIs() {
    assertThat(TRAINED.description())
        .matches("classifier 784-48-32-10, 8 epochs, seed 0, test accuracy 9\\d\\.\\d\\d%");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format|elbo-1|c: expected format elbo-classifier-1, found elbo-1",
        "dataset_sha256|00|c: expected dataset_sha256 test, found 00",
        "test_accuracy|high|c: expected a number as test_accuracy, found \"high\"",
      })
  void aFileOfAnotherKindOrDataIsStale(String key, String value, String message) {
    SortedMap<String, String> metadata = new TreeMap<>(TRAINED.toTensorFile().metadata());
    metadata.put(key, value);
    refuse(new TensorFile(metadata, TRAINED.toTensorFile().tensors()), message);
  }

  @Test
  void aFileOfAnotherRecipeIsStale() {
    assertThatThrownBy(() -> TrainedClassifier.of(TRAINED.toTensorFile(), Pens.DATA, "c"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "c: expected recipe hidden 512,256; epochs 6; steps 1000; batch 256; rate 0.003; shift 1; seed 0, found hidden 48,32; epochs 8; steps 90; batch 64; rate 0.003; shift 1; seed 0; delete it, and it is trained anew");
  }

  @Test
  void aFileWithoutItsTensorsIsRefused() {
    TensorFile file = TRAINED.toTensorFile();
    List<NamedTensor> fewer = file.tensors().subList(1, file.tensors().size());
    assertThatThrownBy(
            () ->
                TrainedClassifier.of(
                    new TensorFile(file.metadata(), fewer), Pens.DATA, Pens.RECIPE, "c"))
        .isInstanceOf(InputException.class)
        .hasMessage("c: expected a tensor hidden.0.weight, found none; the file was altered");
  }

  private static void refuse(TensorFile file, String message) {
    assertThatThrownBy(() -> TrainedClassifier.of(file, Pens.DATA, Pens.RECIPE, "c"))
        .isInstanceOf(InputException.class)
        .hasMessage(message + "; delete it, and it is trained anew");
  }

  @Test
  void dataWithoutLabelsIsRefused() {
    refuse(
        Optional.empty(),
        "sample quality: expected labels, which a classifier learns from, found blank without; choose a data set that has them");
  }

  @Test
  void dataOfOneClassIsRefused() {
    refuse(
        Optional.of(new byte[9]),
        "sample quality: expected labels of two classes or more, found blank with class 0 alone; choose a data set that has them");
  }

  private static void refuse(Optional<byte[]> labels, String message) {
    Images images = new Images(9, 2, 2, new byte[36], labels);
    DataSet data = new DataSet("blank", images, images, "sha", "here");
    try (Team team = new Team(1)) {
      assertThatThrownBy(() -> TrainedClassifier.of(data, Kernels.best(), team))
          .isInstanceOf(InputException.class)
          .hasMessage(message);
    }
  }

  @Test
  void fewImagesAreGoneOverMoreOften() {
    ClassifierRecipe recipe = ClassifierRecipe.DEFAULT;
    assertThat(recipe.epochs(60_000)).isEqualTo(6);
    assertThat(recipe.epochs(256)).isEqualTo(1000);
    assertThat(recipe.epochs(257)).isEqualTo(500);
  }

  @Test
  void theRateFallsAsACosine() {
    ClassifierRecipe recipe = ClassifierRecipe.DEFAULT;
    assertThat(recipe.rate(1, 100)).isEqualTo(recipe.learningRate());
    assertThat(recipe.rate(51, 100)).isCloseTo(0.5 * recipe.learningRate(), within(1e-15));
    assertThat(recipe.rate(100, 100)).isLessThan(0.001 * recipe.learningRate()).isPositive();
  }
}
