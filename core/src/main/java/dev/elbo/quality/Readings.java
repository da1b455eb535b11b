package dev.elbo.quality;

import dev.elbo.tensor.Tensor;

/**
 * What a classifier sees in images.
 *
 * @param features of each image
 * @param predicted the likeliest class of each
 * @param confidence the probability of that class
 * @param classes how many there are
 */
record Readings(Vectors features, int[] predicted, double[] confidence, int classes) {

  static Readings of(int count, int features, int classes) {
    return new Readings(Vectors.of(count, features), new int[count], new double[count], classes);
  }

  /** Images from {@code start} on are the tensors' first rows. */
  void take(int start, int rows, Tensor featureRows, Tensor logitRows) {
    for (int row = 0; row < rows; row++) {
      features.set(start + row, featureRows.values(), row * featureRows.stride());
      classify(start + row, logitRows.values(), row * logitRows.stride());
    }
  }

  /** The first of the largest logits wins; its softmax is 1/Σⱼ e^(lⱼ − largest). */
  private void classify(int image, float[] logits, int at) {
    int best = 0;
    for (int j = 1; j < classes; j++) {
      best = logits[at + j] > logits[at + best] ? j : best;
    }
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      sum += StrictMath.exp((double) logits[at + j] - logits[at + best]);
    }
    predicted[image] = best;
    confidence[image] = 1 / sum;
  }

  int count() {
    return predicted.length;
  }

  /** Of all images, those whose class is more probable than {@code least}. */
  double shareAbove(double least) {
    int above = 0;
    for (double c : confidence) {
      above += c > least ? 1 : 0;
    }
    return (double) above / count();
  }

  /** Images of each predicted class. */
  int[] histogram() {
    int[] counts = new int[classes];
    for (int label : predicted) {
      counts[label]++;
    }
    return counts;
  }
}
