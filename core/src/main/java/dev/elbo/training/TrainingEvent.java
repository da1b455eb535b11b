package dev.elbo.training;

/** What a training tells those who watch it. */
public sealed interface TrainingEvent {

  /**
   * A moment within an epoch, told a few times a second.
   *
   * @param stepInEpoch 1 … stepsPerEpoch
   * @param train means over the epoch so far
   */
  record Progress(
      int epoch,
      int epochs,
      int stepInEpoch,
      int stepsPerEpoch,
      int imagesPerEpoch,
      double imagesPerSecond,
      EpochMetrics.TrainFigures train)
      implements TrainingEvent {}

  /** An epoch has ended and the test set was measured. */
  record EpochDone(EpochMetrics metrics) implements TrainingEvent {}
}
