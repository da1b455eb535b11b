package dev.elbo.studio.model;

import dev.elbo.data.Images;
import dev.elbo.evaluation.LatentHealth;
import dev.elbo.latent.Codes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The test images as a model sees them: what a new image is compared with.
 *
 * @param images of which the first are they
 * @param scores of the test images
 * @param elbos ascending
 * @param health of the latent dimensions over them
 */
record TestImages(Images images, Scores scores, double[] elbos, LatentHealth health) {

  static TestImages of(Images images, Scores scores) {
    double[] elbos = new double[scores.codes().count()];
    Arrays.setAll(elbos, scores::elbo);
    Arrays.sort(elbos);
    return new TestImages(images, scores, elbos, LatentHealth.of(scores.codes()));
  }

  /** The share of test images with a higher ELBO, in percent: 0 most usual, 100 most unusual. */
  double percentile(double elbo) {
    int low = 0;
    int high = elbos.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (elbos[middle] <= elbo) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 100.0 * (elbos.length - low) / elbos.length;
  }

  /**
   * @param distance between the means of the posteriors
   */
  record Neighbour(int index, double distance) {}

  /** The images whose codes are nearest to a code, the nearest first. */
  List<Neighbour> nearest(float[] code, int count) {
    Codes codes = scores.codes();
    PriorityQueue<Neighbour> farthestFirst =
        new PriorityQueue<>(Comparator.comparingDouble((Neighbour of) -> -of.distance));
    for (int i = 0; i < codes.count(); i++) {
      double square = squaredDistance(codes, i, code);
      if (farthestFirst.size() < count) {
        farthestFirst.add(new Neighbour(i, square));
      } else if (square < farthestFirst.peek().distance) {
        farthestFirst.poll();
        farthestFirst.add(new Neighbour(i, square));
      }
    }
    return farthestFirst.stream()
        .sorted(Comparator.comparingDouble(Neighbour::distance).thenComparing(Neighbour::index))
        .map(of -> new Neighbour(of.index, Math.sqrt(of.distance)))
        .toList();
  }

  private static double squaredDistance(Codes codes, int image, float[] code) {
    double sum = 0;
    int at = image * code.length;
    for (int j = 0; j < code.length; j++) {
      double difference = codes.mu()[at + j] - code[j];
      sum += difference * difference;
    }
    return sum;
  }
}
