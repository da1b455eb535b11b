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
      implements TrainingEvent {

    /** Updates since the beginning of the run. */
    public long step() {
      return (epoch - 1L) * stepsPerEpoch + stepInEpoch;
    }

    /** At the speed of the last steps; the test set's share of the time is not counted. */
    public double secondsLeft() {
      double epochsLeft = epochs - epoch + 1.0 - (double) stepInEpoch / stepsPerEpoch;
      return epochsLeft * imagesPerEpoch / imagesPerSecond;
    }
  }

  /**
   * An epoch has ended and the test set was measured.
   *
   * @param klPerDimension on the test set, nats per image, [latent]
   */
  record EpochDone(EpochMetrics metrics, double[] klPerDimension) implements TrainingEvent {}

  /** Something that a person should know, as a sentence. */
  record Warning(String text) implements TrainingEvent {}
}
