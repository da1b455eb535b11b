package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a model's shape, and the tensors that a shape has. */
class ShapeConfigTest {
  private final Settings settings = Settings.defaults();

  private Config laid(String... pairs) {
    for (String pair : pairs) {
      String[] both = pair.split("=", -1);
      ConfigKey key = ConfigKey.of(both[0], "test");
      settings.lay(key, both[1], "--" + key.flag().orElse(key.key()));
    }
    return settings.config();
  }

  private static List<String> shapes(Config config) {
    return new Vae(config.vae(), 0)
        .parameters().stream().map(p -> p.name() + Arrays.toString(p.shape())).toList();
  }

  @Test
  void layersAreSeparatedBySlashesAndTheirLatentSizesByCommas() {
    Config config = laid("hidden_size=200,200/100,100", "latent_size=100, 50");
    assertThat(config.vae().layers())
        .containsExactly(
            new LayerSizes(List.of(200, 200), 100), new LayerSizes(List.of(100, 100), 50));
    assertThat(config.vae().hiddenSizes()).containsExactly(200, 200);
    assertThat(config.vae().latentSize()).isEqualTo(100);
    assertThat(ConfigKey.HIDDEN_SIZE.text(config)).contains("200,200/100,100");
    assertThat(ConfigKey.LATENT_SIZE.text(config)).contains("100,50");
    assertThat(ConfigJson.write(config))
        .contains("\"hidden_size\": [[200,200],[100,100]],\n  \"latent_size\": [100,50],");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hidden_size=200,200/100,100 latent_size=100,50",
        "hidden_size=8/7/6,5 latent_size=4,3,2",
        "prior=vamp pseudo_inputs=3 activation=gated",
        "conditional=true classes=7",
        "conditional=true"
      })
  void whatIsWrittenIsReadBack(String pairs) {
    Config config = laid(pairs.split(" "));
    String json = ConfigJson.write(config);
    assertThat(ConfigJson.parse(json, "copy")).isEqualTo(config);
    assertThat(Settings.of(config).config()).isEqualTo(config);
    assertThat(json).isNotEqualTo(ConfigJson.write(Config.DEFAULT));
  }

  @Test
  void shapesAtTheirDefaultsAreNotStored() {
    assertThat(ConfigJson.write(Config.DEFAULT))
        .doesNotContain("prior", "pseudo_inputs", "conditional", "classes");
    assertThat(ConfigJson.write(laid("conditional=true"))).contains("\"conditional\": true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden_size=20/10 | hidden_size: expected hidden layers for each of the latent sizes 64, as"
            + " 200,200/100,100 for 100,50, found 20/10; change one of them",
        "latent_size=9,8 | hidden_size: expected hidden layers for each of the latent sizes 9,8, as"
            + " 200,200/100,100 for 100,50, found 128; change one of them",
        "hidden_size=20//10 | hidden_size: expected a whole number, found \"20//10\" (from --hidden);"
            + " change it there",
        "prior=vamp hidden_size=20/10 latent_size=9,8 | prior: expected normal with 2 stochastic"
            + " layers, found vamp; give one --latent size",
        "prior=vamp conditional=true | prior: expected normal for a conditional model, found vamp,"
            + " whose pseudo-inputs have no class; leave one of them out",
        "prior=vmap | prior: expected one of normal, vamp, found \"vmap\" (from --prior); did you mean"
            + " vamp?",
        "pseudo_inputs=0 | pseudo_inputs: expected a whole number from 1 to 65536, found 0; change it",
        "conditional=yes | conditional: expected true or false, found \"yes\" (from --conditional);"
            + " change it there",
        "free_bits=0.1 prior=vamp | free_bits: expected 0 where the KL of a dimension has no closed"
            + " form (prior vamp, 1 stochastic layers), found 0.1; leave it out"
      })
  void whatMakesNoShapeIsRefusedInOneSentence(String pairs, String message) {
    assertThatThrownBy(() -> laid(pairs.split(" ")))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void aSecondLayerPrefixesItsTensors() {
    assertThat(shapes(laid("hidden_size=20,15/9,8", "latent_size=6,4", "input_size=30")))
        .containsExactly(
            "encoder.0.weight[20, 30]",
            "encoder.0.bias[20]",
            "encoder.1.weight[15, 20]",
            "encoder.1.bias[15]",
            "mean.weight[6, 15]",
            "mean.bias[6]",
            "log_variance.weight[6, 15]",
            "log_variance.bias[6]",
            "decoder.0.weight[15, 6]",
            "decoder.0.bias[15]",
            "decoder.1.weight[20, 15]",
            "decoder.1.bias[20]",
            "output.weight[30, 20]",
            "output.bias[30]",
            "layer2.encoder.0.weight[9, 6]",
            "layer2.encoder.0.bias[9]",
            "layer2.encoder.1.weight[8, 9]",
            "layer2.encoder.1.bias[8]",
            "layer2.mean.weight[4, 8]",
            "layer2.mean.bias[4]",
            "layer2.log_variance.weight[4, 8]",
            "layer2.log_variance.bias[4]",
            "layer2.decoder.0.weight[8, 4]",
            "layer2.decoder.0.bias[8]",
            "layer2.decoder.1.weight[9, 8]",
            "layer2.decoder.1.bias[9]",
            "layer2.output.weight[6, 9]",
            "layer2.output.bias[6]",
            "layer2.output_log_variance.weight[6, 9]",
            "layer2.output_log_variance.bias[6]");
  }

  @Test
  void pseudoInputsComeLastAndGatesBehindTheirLayers() {
    assertThat(
            shapes(
                laid(
                    "prior=vamp",
                    "pseudo_inputs=7",
                    "activation=gated",
                    "hidden_size=20",
                    "latent_size=6",
                    "input_size=30")))
        .containsExactly(
            "encoder.0.weight[20, 30]",
            "encoder.0.bias[20]",
            "encoder.0.gate.weight[20, 30]",
            "encoder.0.gate.bias[20]",
            "mean.weight[6, 20]",
            "mean.bias[6]",
            "log_variance.weight[6, 20]",
            "log_variance.bias[6]",
            "decoder.0.weight[20, 6]",
            "decoder.0.bias[20]",
            "decoder.0.gate.weight[20, 6]",
            "decoder.0.gate.bias[20]",
            "output.weight[30, 20]",
            "output.bias[30]",
            "prior.pseudo_inputs[30, 7]");
  }

  @Test
  void labelsWidenTheNetworksOnImages() {
    assertThat(shapes(laid("conditional=true", "classes=4")))
        .startsWith("encoder.0.weight[128, 788]")
        .contains("decoder.0.weight[128, 68]", "output.weight[784, 128]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hidden_size=20,15/9,8 latent_size=6,4",
        "hidden_size=20,15/9/7 latent_size=6,4,3 activation=gated conditional=true",
        "prior=vamp pseudo_inputs=7 activation=gated hidden_size=20,15",
        "likelihood=pixel-gaussian conditional=true classes=3"
      })
  void theCountOfWeightsIsThatOfTheTensors(String pairs) {
    VaeConfig config = laid(pairs.split(" ")).vae();
    long counted =
        new Vae(config, 0)
            .parameters().stream().filter(Parameter::isWeight).mapToLong(Parameter::size).sum();
    assertThat(config.weights()).isEqualTo(counted);
  }

  /** Every network has addresses of its own, so that no two begin alike. */
  @Test
  void noTwoNetworksOfAModelBeginWithTheSameWeights() {
    VaeConfig config = laid("hidden_size=64,64/64/64", "latent_size=64,64,64").vae();
    List<float[]> all =
        new Vae(config, 0)
            .parameters().stream().filter(Parameter::isWeight).map(Parameter::toArray).toList();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(all.get(i)[0] / all.get(i)[1]).isNotEqualTo(all.get(j)[0] / all.get(j)[1]);
      }
    }
  }

  @Test
  void thePresetsOfPublishedShapesHaveThem() {
    Config two = ConfigJson.parse(Preset.of("burda-2l").json(), "burda-2l");
    assertThat(two.vae().layers())
        .containsExactly(
            new LayerSizes(List.of(200, 200), 100), new LayerSizes(List.of(100, 100), 50));
    Config one = ConfigJson.parse(Preset.of("burda-1l").json(), "burda-1l");
    assertThat(two.withVae(one.vae())).isEqualTo(one);
    Config vamp = ConfigJson.parse(Preset.of("vamp").json(), "vamp");
    assertThat(vamp.vae().prior()).isEqualTo(new PriorConfig(PriorKind.VAMP, 500));
    assertThat(vamp.vae().activation()).isEqualTo(Activation.GATED);
    assertThat(vamp.schedule().patience()).isEqualTo(50);
  }
}
