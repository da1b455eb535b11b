package dev.elbo.quality;

/**
 * How much a set of images looks like a data set's.
 *
 * @param images how many were looked at
 * @param recognised share whose class the classifier gives a probability above 0.9
 * @param classEntropy of the predicted classes, in nats
 * @param classes that there are; {@code classEntropy} is at most ln classes
 * @param frechet squared Fréchet distance of features to those of the test images; it hangs on the
 *     classifier, and has nothing to do with the distance on Inception's features
 * @param precision share of the images whose features lie among those of the test images
 * @param recall share of the test images whose features lie among those of the images
 * @param nearestTraining mean distance in pixels to the nearest training image
 * @param nearTraining share nearer to a training image than 99 in 100 test images are
 */
public record SampleFigures(
    int images,
    double recognised,
    double classEntropy,
    int classes,
    double frechet,
    double precision,
    double recall,
    double nearestTraining,
    double nearTraining) {

  /** The entropy of the classes as a share of the most that it can be. */
  public double classBalance() {
    return classEntropy / StrictMath.log(classes);
  }
}
