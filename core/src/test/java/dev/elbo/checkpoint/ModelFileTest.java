package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.model.Config;
import dev.elbo.model.ConfigJson;
import dev.elbo.model.KlWeight;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final VaeConfig SHAPE =
      new VaeConfig(35, List.of(12, 9), 4, Activation.TANH, LikelihoodKind.GAUSSIAN);
  private static final Config CONFIG =
      new Config(SHAPE, 16, 7, 0.0025, KlWeight.beta(0.75), -3, "blobs");
  private static final String DIGEST = "ab".repeat(32);

  @Test
  void aModelSurvivesTheRoundTripBitForBit() {
    ModelFile model = model();
    byte[] bytes = SafeTensors.encode(model.toTensorFile());
    ModelFile back = ModelFile.of(SafeTensors.decode(bytes, "m"), "m");
    assertThat(back.config()).isEqualTo(CONFIG);
    assertThat(back.height()).isEqualTo(5);
    assertThat(back.width()).isEqualTo(7);
    assertThat(back.datasetSha256()).isEqualTo(DIGEST);
    assertThat(back.step()).isEqualTo(9_000_000_000L);
    assertThat(back.figures()).isEqualTo(model.figures());
    assertThat(back.toTensorFile()).isEqualTo(model.toTensorFile());
    assertThat(SafeTensors.encode(back.toTensorFile())).isEqualTo(bytes);
  }

  @Test
  void tensorsHaveTheNamesShapesAndOrderOfTheFormat() {
    assertThat(model().toTensorFile().tensors())
        .extracting(NamedTensor::toString)
        .containsExactly(
            "encoder.0.weight[12, 35]",
            "encoder.0.bias[12]",
            "encoder.1.weight[9, 12]",
            "encoder.1.bias[9]",
            "mean.weight[4, 9]",
            "mean.bias[4]",
            "log_variance.weight[4, 9]",
            "log_variance.bias[4]",
            "decoder.0.weight[9, 4]",
            "decoder.0.bias[9]",
            "decoder.1.weight[12, 9]",
            "decoder.1.bias[12]",
            "output.weight[35, 12]",
            "output.bias[35]");
  }

  /** A new key must be thought about: the file may hold nothing of the host. */
  @Test
  void metadataHoldConfigurationDataAndFiguresAlone() {
    SortedMap<String, String> metadata = model().toTensorFile().metadata();
    assertThat(metadata.keySet())
        .containsExactly(
            "config",
            "dataset",
            "dataset_sha256",
            "figure.test_kl",
            "figure.test_mse",
            "format",
            "image_height",
            "image_width",
            "seed",
            "step");
    assertThat(metadata.get("config")).isEqualTo(ConfigJson.write(CONFIG));
    assertThat(metadata).containsEntry("format", "elbo-1").containsEntry("seed", "-3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"format", "config", "dataset_sha256", "image_height", "image_width", "step"})
  void aMissingEntryIsNamed(String key) {
    refused(
        with(key, null),
        "m: expected an entry \"%s\" in its metadata, found none; it is not a file of this kind"
            .formatted(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image_height", "image_width", "step"})
  void anEntryThatIsNoNumberIsNamed(String key) {
    refused(
        with(key, "many"),
        "m: expected a whole number as \"%s\", found \"many\"; the file was altered"
            .formatted(key));
  }

  @ParameterizedTest
  @CsvSource({"6, 6×7", "-5, -5×7", "0, 0×7", "9223372036854775807, 9223372036854775807×7"})
  void aHeightThatDoesNotFitTheInputIsRefused(String height, String shown) {
    refused(
        with("image_height", height),
        "m: expected images of 35 pixels, found %s; the file was altered".formatted(shown));
  }

  @Test
  void anotherFormatVersionIsRefused() {
    refused(
        with("format", "elbo-2"),
        "m: expected format elbo-1, found elbo-2; use the version of elbo that wrote it");
  }

  @Test
  void aConfigurationThatIsNoneIsRefused() {
    TensorFile wrong = with("config", "{\"latent_size\": 0}");
    assertThatThrownBy(() -> ModelFile.of(wrong, "m"))
        .isInstanceOf(InputException.class)
        .hasMessage("latent_size: expected a whole number from 1 to 16384, found 0; change it");
  }

  @Test
  void aConfigurationOfOtherLayersDoesNotFitTheTensors() {
    Config wider =
        CONFIG.withVae(
            new VaeConfig(35, List.of(13, 9), 4, Activation.TANH, LikelihoodKind.GAUSSIAN));
    refused(
        with("config", ConfigJson.write(wider)),
        "m: expected shape [13, 35] for encoder.0.weight, found [12, 35]; the file does not fit its configuration");
    Config shallower =
        CONFIG.withVae(new VaeConfig(35, List.of(12), 4, Activation.TANH, LikelihoodKind.GAUSSIAN));
    refused(
        with("config", ConfigJson.write(shallower)),
        "m: expected shape [4, 12] for mean.weight, found [4, 9]; the file does not fit its configuration");
  }

  /** A gigabyte of weights in name only: refused by count, before memory is asked for. */
  @Test
  void aConfigurationFarLargerThanItsFileIsRefusedByCount() {
    Config vast =
        CONFIG.withVae(
            new VaeConfig(
                35, List.of(16_000, 16_000), 4, Activation.TANH, LikelihoodKind.GAUSSIAN));
    long weights = 2L * 35 * 16_000 + 2L * 16_000 * 16_000 + 3L * 16_000 * 4;
    refused(
        with("config", ConfigJson.write(vast)),
        "m: expected %d weights for its configuration, found 1249; the file was altered"
            .formatted(weights));
  }

  @Test
  void aMissingTensorIsNamed() {
    List<NamedTensor> tensors = new ArrayList<>(model().toTensorFile().tensors());
    tensors.remove(4);
    refused(with(tensors), "m: expected a tensor mean.weight, found none; the file was altered");
  }

  @Test
  void oneTensorTooManyIsRefused() {
    List<NamedTensor> tensors = new ArrayList<>(model().toTensorFile().tensors());
    tensors.add(new NamedTensor("extra", List.of(1), new float[1]));
    refused(
        with(tensors),
        "m: expected 14 tensors for its configuration, found 15; the file was altered");
  }

  @Test
  void aTransposedTensorIsRefused() {
    List<NamedTensor> tensors = new ArrayList<>(model().toTensorFile().tensors());
    NamedTensor first = tensors.get(0);
    tensors.set(0, new NamedTensor(first.name(), List.of(35, 12), first.values()));
    refused(
        with(tensors),
        "m: expected shape [12, 35] for encoder.0.weight, found [35, 12]; the file does not fit its configuration");
  }

  @Test
  void aWeightThatIsNotFiniteIsRefused() {
    List<NamedTensor> tensors = new ArrayList<>(model().toTensorFile().tensors());
    tensors.get(5).values()[2] = Float.NaN;
    refused(
        with(tensors),
        "m: expected finite numbers, found NaN at position 2 of mean.bias; use an earlier checkpoint or train again");
  }

  private static ModelFile model() {
    SortedMap<String, String> figures = new TreeMap<>();
    figures.put("test_mse", "0.0123");
    figures.put("test_kl", "4.5");
    Vae vae = new Vae(SHAPE, CONFIG.seed());
    return new ModelFile(CONFIG, vae, 5, 7, DIGEST, 9_000_000_000L, figures);
  }

  private static TensorFile with(String key, String value) {
    TensorFile file = model().toTensorFile();
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    return new TensorFile(metadata, file.tensors());
  }

  private static TensorFile with(List<NamedTensor> tensors) {
    return new TensorFile(model().toTensorFile().metadata(), tensors);
  }

  private static void refused(TensorFile file, String sentence) {
    assertThatThrownBy(() -> ModelFile.of(file, "m"))
        .isInstanceOf(InputException.class)
        .hasMessage(sentence);
  }
}
