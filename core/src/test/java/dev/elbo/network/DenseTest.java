package dev.elbo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseTest {
  private static final Noise NOISE = Noise.of(0).at(Noise.Purpose.INITIALIZATION);

  /** Of n uniform draws the mean square has a relative standard deviation of √(4/5n). */
  @Test
  void initialWeightsAreUniformWithinGlorotsBoundAndBiasesZero() {
    for (int[] size : new int[][] {{784, 128}, {128, 64}, {3, 2}}) {
      Dense layer = Dense.create("layer", size[0], size[1], NOISE.at(0));
      float bound = (float) Math.sqrt(6.0 / (size[0] + size[1]));
      float[] weights = layer.weight().toArray();
      double square = 0;
      float largest = 0;
      for (float w : weights) {
        square += (double) w * w;
        largest = Math.max(largest, Math.abs(w));
      }
      int n = weights.length;
      assertThat(largest).isLessThanOrEqualTo(bound);
      assertThat(square / n / (bound * bound / 3)).isCloseTo(1, within(4 * Math.sqrt(0.8 / n)));
      assertThat(layer.bias().toArray()).containsOnly(0f);
    }
  }

  @Test
  void theSameAddressGivesTheSameWeightsAndAnotherGivesOthers() {
    float[] weights = Dense.create("a", 20, 30, NOISE.at(0)).weight().toArray();
    assertThat(Dense.create("b", 20, 30, NOISE.at(0)).weight().toArray()).isEqualTo(weights);
    assertThat(Dense.create("a", 20, 30, NOISE.at(1)).weight().toArray()).isNotEqualTo(weights);
  }

  @Test
  void layersOfOnePerceptronDiffer() {
    Mlp mlp = Mlp.create("m", List.of(8, 8, 8, 8), Activation.RELU, NOISE, 0);
    List<Parameter> parameters = mlp.parameters();
    assertThat(parameters.get(0).toArray()).isNotEqualTo(parameters.get(2).toArray());
    assertThat(parameters.get(2).toArray()).isNotEqualTo(parameters.get(4).toArray());
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly(
            "m.0.weight", "m.0.bias", "m.1.weight", "m.1.bias", "m.2.weight", "m.2.bias");
  }

  @Test
  void aPerceptronIsLayersWithTheActivationAfterEach() {
    for (Activation activation : Activation.values()) {
      Mlp mlp = Mlp.create("m", List.of(5, 7, 3), activation, NOISE, 4);
      Tape tape = new Tape(1, Kernels.best(), new Team(1));
      float[] x = {0.1f, -0.7f, 0.4f, 1f, -0.2f};
      Tensor out = mlp.of(tape.input("x", 5, (row, to, at) -> System.arraycopy(x, 0, to, at, 5)));
      tape.forward(1);
      double[] h = Doubles.of(x);
      List<double[]> p = mlp.parameters().stream().map(q -> Doubles.of(q.toArray())).toList();
      boolean gated = activation == Activation.GATED;
      for (int i = 0; i < p.size(); i += gated ? 4 : 2) {
        double[] linear = Doubles.affine(h, p.get(i), p.get(i + 1));
        h =
            gated
                ? Doubles.gated(linear, Doubles.affine(h, p.get(i + 2), p.get(i + 3)))
                : Doubles.apply(ElementFunction.valueOf(activation.name()), linear);
      }
      for (int j = 0; j < 3; j++) {
        assertThat((double) out.values()[j]).isCloseTo(h[j], within(1e-6));
      }
    }
  }

  @Test
  void activationsAreWrittenInLowerCase() {
    assertThat(Activation.values())
        .extracting(Activation::toString)
        .containsExactly("relu", "tanh", "sigmoid", "softplus", "gated");
  }

  @Test
  void aGateHasWeightsOfItsOwn() {
    List<Parameter> p = Mlp.create("m", List.of(8, 8), Activation.GATED, NOISE, 0).parameters();
    assertThat(p)
        .extracting(Parameter::name)
        .containsExactly("m.0.weight", "m.0.bias", "m.0.gate.weight", "m.0.gate.bias");
    assertThat(p.get(0).toArray()).isNotEqualTo(p.get(2).toArray());
    assertThat(p.get(0).toArray())
        .isEqualTo(Dense.create("m.0", 8, 8, NOISE.at(0)).weight().toArray());
  }
}
