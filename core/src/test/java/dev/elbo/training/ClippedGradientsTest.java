package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClippedGradientsTest {
  private static final Parameter WEIGHT = Parameter.weight("w", 37, 20);
  private static final Parameter BIAS = Parameter.bias("b", 20);

  /** What came out behind, by the parameter's name, [rows, stride]. */
  private final Map<String, float[]> out = new TreeMap<>();

  private static float[] gradient(Parameter parameter) {
    float[] values = new float[parameter.rows() * parameter.stride()];
    for (int row = 0; row < parameter.rows(); row++) {
      for (int j = 0; j < parameter.columns(); j++) {
        int at = row * parameter.stride() + j;
        values[at] = (float) (Noise.of(parameter.rows()).uniform(at) - 0.5);
      }
    }
    return values;
  }

  private static double norm(Iterable<float[]> all) {
    double sum = 0;
    for (float[] values : all) {
      for (float value : values) {
        sum += (double) value * value;
      }
    }
    return Math.sqrt(sum);
  }

  private boolean clip(double bound, int threads, float[] weight, float[] bias) {
    for (Parameter parameter : List.of(WEIGHT, BIAS)) {
      out.put(parameter.name(), new float[parameter.rows() * parameter.stride()]);
    }
    try (Team team = new Team(threads)) {
      ClippedGradients clipped =
          new ClippedGradients(
              Kernels.best(),
              team,
              List.of(WEIGHT, BIAS),
              bound,
              (parameter, from, to, gradient) -> {
                int stride = parameter.stride();
                System.arraycopy(
                    gradient, 0, out.get(parameter.name()), from * stride, (to - from) * stride);
                return true;
              });
      clipped.take(BIAS, 0, 1, bias);
      for (int from = 0; from < 37; from += 10) { // not the pieces that come out
        int to = Math.min(37, from + 10);
        clipped.take(WEIGHT, from, to, Arrays.copyOfRange(weight, from * 32, to * 32));
      }
      return clipped.handOn();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theNormOfAllTogetherBecomesTheBound(int threads) {
    float[] weight = gradient(WEIGHT);
    float[] bias = gradient(BIAS);
    double before = norm(List.of(weight, bias));
    assertThat(clip(2, threads, weight, bias)).isTrue();
    double roundings = 1e-6;
    assertThat(norm(out.values())).isCloseTo(2, within(roundings));
    float factor = (float) (2 / before);
    for (int i = 0; i < weight.length; i++) {
      assertThat(out.get("w")[i]).isEqualTo(factor * weight[i]);
    }
  }

  @Test
  void withinTheBoundNothingChanges() {
    float[] weight = gradient(WEIGHT);
    float[] bias = gradient(BIAS);
    assertThat(clip(norm(List.of(weight, bias)) * 1.001, 2, weight, bias)).isTrue();
    assertThat(out.get("w")).isEqualTo(weight);
    assertThat(out.get("b")).isEqualTo(bias);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aGradientThatIsNotFiniteGoesNoFurther(float bad) {
    float[] bias = gradient(BIAS);
    bias[7] = bad;
    assertThat(clip(1, 2, gradient(WEIGHT), bias)).isFalse();
    assertThat(out.get("w")).containsOnly(0f);
  }
}
