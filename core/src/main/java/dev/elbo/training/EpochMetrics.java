package dev.elbo.training;

import dev.elbo.data.Binarization;
import dev.elbo.evaluation.TestFigures;
import java.util.List;
import java.util.Optional;

/**
 * The figures of an epoch; nats per image.
 *
 * @param epoch 1, 2, …
 * @param step updates since the beginning
 * @param seconds since the run began, stops not counted
 * @param imagesPerSecond of training alone
 * @param train means over the epoch's steps, each image counted once
 * @param testLoss reconstruction + β·kl on the test set
 */
public record EpochMetrics(
    int epoch,
    long step,
    double seconds,
    double imagesPerSecond,
    TrainFigures train,
    double testLoss,
    TestFigures test,
    Optional<Validation> validation,
    Binarization binarization) {

  /** Without a validation part, on grey images. */
  public EpochMetrics(
      int epoch,
      long step,
      double seconds,
      double imagesPerSecond,
      TrainFigures train,
      double testLoss,
      TestFigures test) {
    this(
        epoch,
        step,
        seconds,
        imagesPerSecond,
        train,
        testLoss,
        test,
        Optional.empty(),
        Binarization.GREY);
  }

  /** The row of the model that a run keeps: that of the best epoch, or the last. */
  public static Optional<EpochMetrics> result(List<EpochMetrics> rows) {
    EpochMetrics result = null;
    for (EpochMetrics row : rows) {
      boolean isBetter =
          result == null
              || row.validation.isEmpty()
              || result.validation.isEmpty()
              || row.validation.get().loss() < result.validation.get().loss();
      result = isBetter ? row : result;
    }
    return Optional.ofNullable(result);
  }

  /** What the held-out part says; nats per image, the loss at the final β. */
  public record Validation(double loss, double reconstruction, double kl) {}

  /** What the optimiser saw; nats per image. */
  public record TrainFigures(double loss, double reconstruction, double kl) {}
}
