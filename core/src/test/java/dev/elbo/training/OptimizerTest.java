package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimisers against the formulas of their papers in double. */
class OptimizerTest {
  /** Thirty steps of float roundings on weights of about 1. */
  private static final double TOLERANCE = 1e-5;

  private static final int STEPS = 30;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr=0.01",
        "lr=0.01 adam_beta1=0.5 adam_beta2=0.9 adam_epsilon=0.01",
        "lr=0.02 optimizer=adamw weight_decay=0.5"
      })
  void theyFollowThePapers(String options) {
    Config config = Options.with(Config.DEFAULT, options);
    var of = config.optimizer();
    Parameter parameter = Parameter.bias("b", 9);
    double[] w = new double[9];
    double[] m = new double[9];
    double[] v = new double[9];
    float[] start = new float[9];
    for (int j = 0; j < 9; j++) {
      start[j] = j - 4;
      w[j] = start[j];
    }
    parameter.set(start);
    Adam adam = new Adam(Kernels.best(), List.of(parameter), of);
    for (int t = 1; t <= STEPS; t++) {
      float[] gradient = new float[parameter.stride()];
      adam.advance(t, of.learningRate());
      for (int j = 0; j < 9; j++) {
        gradient[j] = (float) (Noise.of(t).uniform(j) - 0.3);
        double g = gradient[j];
        m[j] = of.beta1() * m[j] + (1 - of.beta1()) * g;
        v[j] = of.beta2() * v[j] + (1 - of.beta2()) * g * g;
        double first = m[j] / (1 - Math.pow(of.beta1(), t));
        double second = v[j] / (1 - Math.pow(of.beta2(), t));
        w[j] -= of.learningRate() * of.weightDecay() * w[j];
        w[j] -= of.learningRate() * first / (Math.sqrt(second) + of.epsilon());
      }
      assertThat(adam.take(parameter, 0, 1, gradient)).isTrue();
    }
    for (int j = 0; j < 9; j++) {
      assertThat((double) parameter.values()[j]).isCloseTo(w[j], within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.99})
  void anAverageForgetsByItsDecayAndFasterAtFirst(double decay) {
    Vae trained = new Vae(Runs.CONFIG.vae(), 1);
    Vae average = new Vae(Runs.CONFIG.vae(), 1);
    Parameter weight = trained.parameters().get(0);
    Parameter averaged = average.parameters().get(0);
    AveragedWeights weights =
        new AveragedWeights(
            Kernels.best(),
            (parameter, from, to, gradient) -> {
              for (int i = from * parameter.stride(); i < to * parameter.stride(); i++) {
                parameter.values()[i] += gradient[0];
              }
              return true;
            },
            trained,
            average,
            decay);
    double expected = weight.values()[0];
    double now = expected;
    for (int t = 1; t <= STEPS; t++) {
      weights.advance(t);
      assertThat(weights.take(weight, 0, weight.rows(), new float[] {0.25f * t})).isTrue();
      now += 0.25 * t;
      double d = Math.min(decay, (1.0 + t) / (10 + t));
      expected = d * expected + (1 - d) * now;
    }
    assertThat(weight.values()[0]).isCloseTo((float) now, within(1e-4f));
    assertThat((double) averaged.values()[0]).isCloseTo(expected, within(100 * TOLERANCE));
    assertThat(average.parameters().get(1).toArray()).containsOnly(0f);
  }
}
