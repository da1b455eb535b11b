package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.latent.Mixture;
import dev.elbo.latent.MixtureSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureFileTest {
  private static final int LARGEST_RESOURCE = 300_000;

  private static final MixtureFile FILE =
      new MixtureFile(
          new Mixture(
              new int[] {0, 2},
              new float[] {0.25f, 0.75f},
              new int[] {4, 5},
              new float[] {-3, 1, 2, 0},
              new float[] {0.5f, 0.3f, 0.4f, 1f, -0.5f, 0.25f},
              new float[] {9, 0.5f, 9},
              new float[] {9, 2, 9}),
          "f".repeat(64));

  @Test
  void itComesBackToTheSameBits() {
    byte[] bytes = SafeTensors.encode(FILE.toTensorFile());
    MixtureFile back = MixtureFile.of(SafeTensors.decode(bytes, "m"), "m");
    assertThat(SafeTensors.encode(back.toTensorFile())).isEqualTo(bytes);
    assertThat(back.modelSha256()).isEqualTo(FILE.modelSha256());
    assertThat(new MixtureSampler(back.mixture(), 1, 1, OptionalInt.empty()).sample(9))
        .isEqualTo(new MixtureSampler(FILE.mixture(), 1, 1, OptionalInt.empty()).sample(9));
  }

  @Test
  void thePretrainedMixtureIsThatOfThePretrainedModelAndSmall() {
    MixtureFile pretrained = Pretrained.mixture();
    assertThat(pretrained.modelSha256()).isEqualTo(MixtureFile.digestOf(Pretrained.read()));
    assertThat(SafeTensors.encode(pretrained.toTensorFile()).length).isLessThan(LARGEST_RESOURCE);
    for (int digit = 0; digit < 10; digit++) {
      assertThat(pretrained.mixture().hasClass(digit)).isTrue();
    }
  }

  /** The file with one tensor's values replaced; without the tensor where there are none. */
  private static TensorFile with(String name, float[] values) {
    TensorFile file = FILE.toTensorFile();
    List<NamedTensor> tensors = new ArrayList<>();
    for (NamedTensor tensor : file.tensors()) {
      if (!tensor.name().equals(name)) {
        tensors.add(tensor);
      } else if (values.length > 0) {
        tensors.add(new NamedTensor(name, List.of(values.length), values));
      }
    }
    return new TensorFile(file.metadata(), tensors);
  }

  @ParameterizedTest
  @CsvSource({
    "active, '0 3'",
    "active, '2 0'",
    "active, '0 0.5'",
    "active, '-1 2'",
    "active, '0'",
    "weights, '0.25 0.5'",
    "weights, '-0.25 1.25'",
    "classes, '4'",
    "means, '1 2 3'",
    "factors, '0.5 0.3 0.4 1 -0.5 0'",
    "factors, '-0.5 0.3 0.4 1 -0.5 1'",
    "rest_mean, '1 2'",
    "rest_deviation, '1 0 1'",
  })
  void tensorsThatMakeNoMixtureAreRefused(String name, String text) {
    String[] words = text.split(" ");
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    assertThatThrownBy(() -> MixtureFile.of(with(name, values), "m"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "m: expected a mixture of Gaussians, found tensors that make none; delete it, and it is fitted anew");
  }

  @Test
  void aMissingTensorIsNamed() {
    assertThatThrownBy(() -> MixtureFile.of(with("means", new float[0]), "m"))
        .hasMessage("m: expected a tensor means, found none; delete it, and it is fitted anew");
  }

  @Test
  void aFileOfAnotherFormatIsRefused() {
    SortedMap<String, String> metadata = new TreeMap<>(FILE.toTensorFile().metadata());
    metadata.put("format", "elbo-mixture-2");
    TensorFile other = new TensorFile(metadata, FILE.toTensorFile().tensors());
    assertThatThrownBy(() -> MixtureFile.of(other, "m"))
        .hasMessage(
            "m: expected format elbo-mixture-1, found elbo-mixture-2; delete it, and it is fitted anew");
  }
}
