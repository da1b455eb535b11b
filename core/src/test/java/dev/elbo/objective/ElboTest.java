package dev.elbo.objective;

import static dev.elbo.objective.Experiment.LATENT;
import static dev.elbo.objective.Experiment.PIXELS;
import static dev.elbo.objective.Experiment.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.GradientStore;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign, unit, reduction and gradient of the objective, against {@link DoubleVae}. */
class ElboTest {
  /** Floats carry 24 bits, and some dozens of roundings go into a term. */
  private static final double ROUNDING = 1e-5;

  static List<VaeConfig> configs() {
    return Experiment.configs();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void bothTermsAreNatsAnImageWithTheSignsOfTheReference(VaeConfig config) {
    Experiment e = new Experiment(config);
    e.tape.forward(ROWS);
    DoubleVae reference = new DoubleVae(e.vae);
    double[][] eps = e.eps();
    for (int row = 0; row < ROWS; row++) {
      DoubleVae.Terms terms = reference.terms(e.x[row], eps[row]);
      assertThat((double) e.bound.reconstruction().values()[row])
          .isCloseTo(terms.reconstruction(), within(ROUNDING));
      assertThat((double) e.bound.kl().values()[row]).isCloseTo(terms.kl(), within(ROUNDING));
      assertThat(e.bound.kl().values()[row]).isNotNegative();
      Tensor mu = e.bound.q().mu();
      for (int j = 0; j < LATENT; j++) {
        assertThat((double) mu.values()[row * mu.stride() + j])
            .isCloseTo(terms.mu()[j], within(ROUNDING));
      }
    }
  }

  /** A model that knows nothing: p = ½ for each pixel costs ln 2, and q = p(z) costs nothing. */
  @Test
  void zeroWeightsCostTheLogOfTwoAPixelAndNoDivergence() {
    Experiment e = new Experiment(Experiment.config(Activation.RELU, LikelihoodKind.BERNOULLI, 6));
    e.vae.parameters().forEach(parameter -> parameter.set(new float[parameter.size()]));
    e.tape.forward(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat((double) e.bound.reconstruction().values()[row])
          .isCloseTo(PIXELS * StrictMath.log(2), within(ROUNDING));
      assertThat(e.bound.kl().values()[row]).isZero();
      assertThat(e.bound.loss().values()[row]).isEqualTo(e.bound.reconstruction().values()[row]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.784, 1, 4})
  void theLossIsReconstructionPlusBetaTimesKlAndBetaMayChange(double beta) {
    Experiment e = new Experiment(Experiment.config(Activation.TANH, LikelihoodKind.BERNOULLI, 6));
    e.tape.forward(ROWS);
    e.beta.set(beta);
    e.tape.forward(ROWS);
    for (int row = 0; row < ROWS; row++) {
      double expected = e.bound.reconstruction().values()[row] + beta * e.bound.kl().values()[row];
      assertThat((double) e.bound.loss().values()[row])
          .isCloseTo(expected, within(1e-6 * (1 + expected)));
    }
  }

  /** A calibrated σ² moves with the batch, and its gradient has a test of its own. */
  static List<VaeConfig> ofFixedVariance() {
    return Experiment.configs().stream()
        .filter(config -> config.likelihood() != LikelihoodKind.CALIBRATED_GAUSSIAN)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ofFixedVariance")
  void theGradientOfEveryWeightIsThatOfTheReference(VaeConfig config) {
    Experiment e = new Experiment(config);
    e.beta.set(0.6);
    e.noise.atStep(3);
    GradientStore store = new GradientStore();
    e.tape.step(ROWS, store);
    double[][] exact = new DoubleVae(e.vae).gradient(e.x, e.eps(), 0.6);
    List<Parameter> parameters = e.vae.parameters();
    for (int i = 0; i < exact.length; i++) {
      float[] gradient = store.gradient(parameters.get(i));
      for (int j = 0; j < gradient.length; j++) {
        assertThat((double) gradient[j])
            .as("%s [%d]", parameters.get(i).name(), j)
            .isCloseTo(exact[i][j], within(ROUNDING * (1 + Math.abs(exact[i][j]))));
      }
    }
  }
}
