package dev.elbo.objective;

import static dev.elbo.objective.Experiment.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Parameter;
import dev.elbo.training.Adam;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The objective, the tape and Adam together. */
class TrainingStepsTest {
  private static final int STEPS = 10;
  private static final double RATE = 0.01;

  /** Adam divides by the size of a gradient, which enlarges the roundings of small ones. */
  private static final double LOSS_TOLERANCE = 1e-5;

  /** A hundredth of a step. */
  private static final double WEIGHT_TOLERANCE = 1e-4;

  static List<VaeConfig> configs() {
    return Experiment.configs();
  }

  /**
   * Everything written twice: if any of it were wrong, the traces would part. A calibrated σ² is of
   * the batch, and its gradient has a test of its own.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALIBRATED_GAUSSIAN")
  void tenStepsFollowTheReferenceInDouble(LikelihoodKind likelihood) {
    double beta = 0.7;
    Experiment e = new Experiment(Experiment.config(Activation.TANH, likelihood, 6));
    e.beta.set(beta);
    Adam adam = new Adam(Kernels.best(), e.vae.parameters());
    DoubleVae reference = new DoubleVae(e.vae);
    double[][] p = reference.parameters();
    double[][] m = zerosLike(p);
    double[][] v = zerosLike(p);
    for (int step = 1; step <= STEPS; step++) {
      e.noise.atStep(step);
      adam.advance(step, RATE);
      e.tape.step(ROWS, adam);
      double loss = reference.loss(e.x, e.eps(), beta);
      assertThat(e.meanLoss()).as("step %d", step).isCloseTo(loss, within(LOSS_TOLERANCE * loss));
      update(p, m, v, reference.gradient(e.x, e.eps(), beta), step);
    }
    for (int i = 0; i < p.length; i++) {
      float[] weights = e.vae.parameters().get(i).toArray();
      for (int j = 0; j < weights.length; j++) {
        assertThat((double) weights[j]).isCloseTo(p[i][j], within(WEIGHT_TOLERANCE));
      }
    }
  }

  private static double[][] zerosLike(double[][] p) {
    double[][] zeros = new double[p.length][];
    for (int i = 0; i < p.length; i++) {
      zeros[i] = new double[p[i].length];
    }
    return zeros;
  }

  /** Kingma and Ba (2015), algorithm 1. */
  private static void update(double[][] p, double[][] m, double[][] v, double[][] g, int step) {
    for (int i = 0; i < p.length; i++) {
      for (int j = 0; j < p[i].length; j++) {
        m[i][j] = 0.9 * m[i][j] + 0.1 * g[i][j];
        v[i][j] = 0.999 * v[i][j] + 0.001 * g[i][j] * g[i][j];
        double mean = m[i][j] / (1 - StrictMath.pow(0.9, step));
        double square = v[i][j] / (1 - StrictMath.pow(0.999, step));
        p[i][j] -= RATE * mean / (StrictMath.sqrt(square) + 1e-8);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void trainingIsTheSameBitsOnPlainKernelsAndOnAnyThreads(VaeConfig config) {
    List<float[]> expected = trained(config, Kernels.plain(), 1);
    for (int threads : new int[] {1, 2, 3, 5}) {
      List<float[]> actual = trained(config, Kernels.best(), threads);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i)).as("%d threads", threads).isEqualTo(expected.get(i));
      }
    }
  }

  private static List<float[]> trained(VaeConfig config, Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      Experiment e = new Experiment(config, kernels, team);
      Adam adam = new Adam(kernels, e.vae.parameters());
      for (int step = 1; step <= 2 * STEPS; step++) {
        e.noise.atStep(step);
        adam.advance(step, RATE);
        e.tape.step(step % 3 == 0 ? ROWS - 1 : ROWS, adam);
      }
      return e.vae.parameters().stream().map(Parameter::toArray).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingLowersTheLoss(LikelihoodKind likelihood) {
    Experiment e = new Experiment(Experiment.config(Activation.RELU, likelihood, 6));
    Adam adam = new Adam(Kernels.best(), e.vae.parameters());
    e.tape.forward(ROWS);
    double before = e.meanLoss();
    for (int step = 1; step <= 200; step++) {
      e.noise.atStep(step);
      adam.advance(step, RATE);
      e.tape.step(ROWS, adam);
    }
    assertThat(e.meanLoss()).isLessThan(before - 0.1);
  }
}
