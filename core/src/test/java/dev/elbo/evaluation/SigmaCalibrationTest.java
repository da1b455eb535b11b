package dev.elbo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.distribution.Calibration;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.objective.DoubleVae;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.PosteriorNoise;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SigmaCalibrationTest {
  private static final int SIDE = 3;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LATENT = 4;
  private static final int COUNT = 515;
  private static final long SEED = 6;

  /** Means of floats of size 1. */
  private static final double ROUNDING = 1e-6;

  private static final Vae VAE =
      new Vae(
          new VaeConfig(PIXELS, List.of(8), LATENT, Activation.RELU, LikelihoodKind.GAUSSIAN),
          SEED);

  private static Images images() {
    byte[] pixels = new byte[COUNT * PIXELS];
    new Random(1).nextBytes(pixels);
    return new Images(COUNT, SIDE, SIDE, pixels, Optional.empty());
  }

  private static Calibration measure(Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      Images images = images();
      Batches batches = new Batches(images);
      return new SigmaCalibration(VAE, batches, images.count(), SEED, kernels, team).measure();
    }
  }

  @Test
  void sigmaIsTheRootOfTheMeanSquaredErrorOverAllImagesAndPixels() {
    DoubleVae reference = new DoubleVae(VAE);
    PosteriorNoise noise = new PosteriorNoise(SEED, row -> row);
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double[] x = new double[PIXELS];
      for (int j = 0; j < PIXELS; j++) {
        x[j] = (images().pixels()[i * PIXELS + j] & 0xff) / 255f;
      }
      double[] eps = Doubles.eps(noise.key(i, 0), LATENT);
      DoubleVae.Terms terms = reference.terms(x, eps);
      double[] y = reference.decode(Doubles.reparameterize(terms.mu(), terms.logVar(), eps));
      for (int j = 0; j < PIXELS; j++) {
        squares += (x[j] - y[j]) * (x[j] - y[j]);
      }
    }
    Calibration calibration = measure(Kernels.best(), 1);
    assertThat(calibration.sigma())
        .isCloseTo(Math.sqrt(squares / COUNT / PIXELS), within(ROUNDING));
    assertThat(calibration.images()).isEqualTo(COUNT);
  }

  @Test
  void itDependsNeitherOnThreadsNorOnKernels() {
    Calibration plain = measure(Kernels.plain(), 1);
    assertThat(measure(Kernels.best(), 3)).isEqualTo(plain);
    assertThat(measure(Kernels.best(), 2)).isEqualTo(plain);
  }
}
