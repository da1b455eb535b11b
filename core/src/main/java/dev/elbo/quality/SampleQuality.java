package dev.elbo.quality;

import dev.elbo.InputException;
import dev.elbo.data.Batches;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.RowSource;
import java.util.Arrays;

/**
 * Measures images against a data set: what a classifier of it makes of them, and how far they are
 * from its training images. Holds the test images' side of each comparison.
 */
public final class SampleQuality {
  /** From here on a class counts as recognised. */
  private static final double CONFIDENT = 0.9;

  /** Test images that are nearer to a training image than the mark, one in so many. */
  private static final int NEAR_ONE_IN = 100;

  /** Each half of the test images must have a neighbour of each rank. */
  private static final int LEAST_IMAGES = 2 * (NeighbourBalls.NEIGHBOURS + 1);

  private final Classifier classifier;
  private final Images train;
  private final Images test;
  private final Kernels kernels;
  private final Team team;
  private final Readings testReadings;
  private final FeatureReference reference;
  private final double[] testDistances;

  /** A test image in a hundred is nearer to a training image. */
  private final double nearMark;

  /**
   * @param data grey, that the classifier was trained on
   */
  public SampleQuality(TrainedClassifier trained, DataSet data, Kernels kernels, Team team) {
    this.classifier = trained.classifier();
    this.train = data.train();
    this.test = data.test();
    this.kernels = kernels;
    this.team = team;
    requireEnough("test images of " + data.name(), test.count());
    Batches images = new Batches(test);
    this.testReadings = classifier.read(images, test.count(), kernels, team);
    this.reference = FeatureReference.of(testReadings.features(), kernels, team);
    this.testDistances = toTraining(Vectors.copyOf(images, test.count(), test.size()));
    double[] ascending = testDistances.clone();
    Arrays.sort(ascending);
    this.nearMark = ascending[ascending.length / NEAR_ONE_IN];
  }

  private static void requireEnough(String what, int count) {
    if (count < LEAST_IMAGES) {
      throw new InputException(
          "sample quality: expected at least %d %s, found %d; give more"
              .formatted(LEAST_IMAGES, what, count));
    }
  }

  /**
   * @param images [count, pixels], in [0, 1]
   */
  public SampleFigures of(RowSource images, int count) {
    requireEnough("samples", count);
    Readings readings = classifier.read(images, count, kernels, team);
    double[] distances = toTraining(Vectors.copyOf(images, count, train.size()));
    return figures(readings, distances, reference, readings.features());
  }

  /**
   * What real images that nobody has trained on reach: all test images, and where they must be
   * compared with test images, every other one with the rest. MNIST's first half is the easier.
   */
  public SampleFigures ofTestImages() {
    Vectors features = testReadings.features();
    FeatureReference half = FeatureReference.of(features.everyOther(0), kernels, team);
    return figures(testReadings, testDistances, half, features.everyOther(1));
  }

  private SampleFigures figures(
      Readings readings, double[] distances, FeatureReference to, Vectors features) {
    NeighbourBalls own = NeighbourBalls.around(features, kernels, team);
    double sum = 0;
    int near = 0;
    for (double distance : distances) {
      sum += distance;
      near += distance < nearMark ? 1 : 0;
    }
    return new SampleFigures(
        readings.count(),
        readings.shareAbove(CONFIDENT),
        ClassBalance.entropy(readings.histogram()),
        readings.classes(),
        to.frechet().to(FeatureMoments.of(features)),
        to.balls().shareInside(features, kernels, team),
        own.shareInside(to.balls().centres(), kernels, team),
        sum / readings.count(),
        (double) near / readings.count());
  }

  private double[] toTraining(Vectors images) {
    return NearestImages.distances(images, new Batches(train), train.count(), kernels, team);
  }
}
