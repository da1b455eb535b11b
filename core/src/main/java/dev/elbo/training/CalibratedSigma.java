package dev.elbo.training;

import dev.elbo.data.Parts;
import dev.elbo.distribution.Calibration;
import dev.elbo.evaluation.SigmaCalibration;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Config;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import java.util.Optional;

/** The one σ of a calibrated likelihood outside training, found anew after each epoch. */
record CalibratedSigma(Vae model, SigmaCalibration calibration) {
  /** So many training images tell σ to three digits, and cost as much as the test set. */
  private static final int IMAGES = 10_000;

  /** Nothing for the other likelihoods. */
  static Optional<CalibratedSigma> of(
      Config config, Vae model, Parts parts, Kernels kernels, Team team) {
    if (config.vae().likelihood() != LikelihoodKind.CALIBRATED_GAUSSIAN) {
      return Optional.empty();
    }
    int count = Math.min(IMAGES, parts.train().count());
    return Optional.of(
        new CalibratedSigma(
            model,
            new SigmaCalibration(model, parts.batches(), count, config.seed(), kernels, team)));
  }

  /** Gives the model the σ of its weights as they are now. */
  Calibration renew() {
    Calibration best = calibration.measure();
    model.calibrate(best.variance());
    return best;
  }
}
