package dev.elbo.objective;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.PosteriorNoise;
import dev.elbo.tensor.Scalar;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small model on a tape, with its data and its noise. */
final class Experiment {
  static final int ROWS = 10;
  static final int PIXELS = 9;
  static final int LATENT = 3;
  private static final int SEED = 4;

  final Vae vae;
  final double[][] x = new double[ROWS][PIXELS];
  final Scalar beta = new Scalar(1);
  final PosteriorNoise noise = new PosteriorNoise(SEED, row -> 50 + row);
  final Tape tape;
  final Bound bound;

  Experiment(VaeConfig config, Kernels kernels, Team team) {
    vae = new Vae(config, SEED);
    Random random = new Random(SEED);
    for (Parameter parameter : vae.parameters()) {
      // Biases begin at zero; here they count too.
      if (!parameter.isWeight()) {
        float[] bias = new float[parameter.size()];
        for (int j = 0; j < bias.length; j++) {
          bias[j] = random.nextFloat() - 0.5f;
        }
        parameter.set(bias);
      }
    }
    for (double[] row : x) {
      for (int j = 0; j < PIXELS; j++) {
        row[j] = random.nextFloat();
      }
    }
    tape = new Tape(ROWS, kernels, team);
    Tensor input =
        tape.input(
            "x",
            PIXELS,
            (row, out, at) -> {
              for (int j = 0; j < PIXELS; j++) {
                out[at + j] = (float) x[row][j];
              }
            });
    bound = new Elbo(beta).of(vae, input, noise);
    tape.minimize(bound.loss());
  }

  Experiment(VaeConfig config) {
    this(config, Kernels.best(), new Team(1));
  }

  static VaeConfig config(Activation activation, LikelihoodKind likelihood, Integer... hidden) {
    return new VaeConfig(PIXELS, List.of(hidden), LATENT, activation, likelihood);
  }

  /** Every likelihood, every activation, one and two hidden layers. */
  static List<VaeConfig> configs() {
    List<VaeConfig> configs = new ArrayList<>();
    for (LikelihoodKind likelihood : LikelihoodKind.values()) {
      for (Activation activation : Activation.values()) {
        configs.add(config(activation, likelihood, 6));
        configs.add(config(activation, likelihood, 7, 4));
      }
    }
    return configs;
  }

  /** The draws of the tape's noise as it stands. */
  double[][] eps() {
    double[][] eps = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      eps[row] = Doubles.eps(noise.key(row, 0), LATENT);
    }
    return eps;
  }

  double meanLoss() {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += bound.loss().values()[row];
    }
    return sum / ROWS;
  }
}
