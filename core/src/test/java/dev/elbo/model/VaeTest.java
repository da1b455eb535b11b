package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.network.Activation;
import dev.elbo.tensor.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaeTest {
  private static List<String> shapes(Vae vae) {
    return vae.parameters().stream().map(p -> p.name() + Arrays.toString(p.shape())).toList();
  }

  private static VaeConfig hidden(Integer... sizes) {
    return new VaeConfig(784, List.of(sizes), 64, Activation.RELU, LikelihoodKind.BERNOULLI);
  }

  @Test
  void theDefaultModelHasTheseTensors() {
    assertThat(shapes(new Vae(VaeConfig.DEFAULT, 0)))
        .containsExactly(
            "encoder.0.weight[128, 784]",
            "encoder.0.bias[128]",
            "mean.weight[64, 128]",
            "mean.bias[64]",
            "log_variance.weight[64, 128]",
            "log_variance.bias[64]",
            "decoder.0.weight[128, 64]",
            "decoder.0.bias[128]",
            "output.weight[784, 128]",
            "output.bias[784]");
  }

  @Test
  void theDecoderMirrorsTheEncodersHiddenSizes() {
    assertThat(shapes(new Vae(hidden(128, 64), 0)))
        .containsExactly(
            "encoder.0.weight[128, 784]",
            "encoder.0.bias[128]",
            "encoder.1.weight[64, 128]",
            "encoder.1.bias[64]",
            "mean.weight[64, 64]",
            "mean.bias[64]",
            "log_variance.weight[64, 64]",
            "log_variance.bias[64]",
            "decoder.0.weight[64, 64]",
            "decoder.0.bias[64]",
            "decoder.1.weight[128, 64]",
            "decoder.1.bias[128]",
            "output.weight[784, 128]",
            "output.bias[784]");
  }

  @Test
  void weightsAreAFunctionOfTheSeed() {
    List<float[]> first = weights(new Vae(hidden(16, 16), 3));
    List<float[]> again = weights(new Vae(hidden(16, 16), 3));
    List<float[]> other = weights(new Vae(hidden(16, 16), 4));
    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i)).isEqualTo(first.get(i));
      assertThat(other.get(i)).isNotEqualTo(first.get(i));
    }
  }

  /** Every layer has an address of its own, so that no two begin alike. */
  @Test
  void noTwoLayersOfAModelBeginWithTheSameWeights() {
    List<float[]> all = weights(new Vae(hidden(64, 64, 64), 0));
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        float[] a = Arrays.copyOf(all.get(i), 8);
        float[] b = Arrays.copyOf(all.get(j), 8);
        // Layers of other widths have another bound: compare the draws, not the weights.
        assertThat(a[0] / a[1]).isNotEqualTo(b[0] / b[1]);
      }
    }
  }

  private static List<float[]> weights(Vae vae) {
    return vae.parameters().stream().filter(Parameter::isWeight).map(Parameter::toArray).toList();
  }
}
