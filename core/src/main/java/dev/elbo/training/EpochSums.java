package dev.elbo.training;

import dev.elbo.objective.Bound;

/** Running sums over an epoch's images, in the order in which they came; part of a checkpoint. */
final class EpochSums {
  private double loss;
  private double reconstruction;
  private double kl;

  EpochSums(double loss, double reconstruction, double kl) {
    this.loss = loss;
    this.reconstruction = reconstruction;
    this.kl = kl;
  }

  EpochSums() {
    this(0, 0, 0);
  }

  EpochSums copy() {
    return new EpochSums(loss, reconstruction, kl);
  }

  double loss() {
    return loss;
  }

  double reconstruction() {
    return reconstruction;
  }

  double kl() {
    return kl;
  }

  void add(Bound bound, int rows) {
    float[] losses = bound.loss().values();
    float[] reconstructions = bound.reconstruction().values();
    float[] kls = bound.kl().values();
    for (int row = 0; row < rows; row++) {
      loss += losses[row];
      reconstruction += reconstructions[row];
      kl += kls[row];
    }
  }

  EpochMetrics.TrainFigures means(int images) {
    return new EpochMetrics.TrainFigures(loss / images, reconstruction / images, kl / images);
  }
}
