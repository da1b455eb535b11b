package dev.elbo.quality;

import dev.elbo.InputException;
import dev.elbo.data.Batches;
import dev.elbo.data.DataSet;
import dev.elbo.data.Images;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import dev.elbo.training.Adam;

/** Trains a classifier on a data set's training images and counts its hits on the test images. */
final class ClassifierTraining {
  /** Addresses below the purpose; the order is part of what the weights depend on. */
  private enum Use {
    WEIGHTS,
    IMAGES
  }

  private ClassifierTraining() {}

  static TrainedClassifier train(
      DataSet data, ClassifierRecipe recipe, Kernels kernels, Team team) {
    Images train = data.train();
    int classes = classes(data);
    Noise noise = Noise.of(recipe.seed()).at(Noise.Purpose.CLASSIFIER);
    Classifier classifier =
        Classifier.create(
            train.size(), recipe.hiddenSizes(), classes, noise.at(Use.WEIGHTS.ordinal()));
    ShiftedImages images = new ShiftedImages(train, recipe.shift(), noise.at(Use.IMAGES.ordinal()));
    Tape tape = new Tape(Math.min(recipe.batchSize(), train.count()), kernels, team);
    Tensor x = tape.input("x", train.size(), images); // [rows, pixels]
    Tensor logits = classifier.logits(classifier.features(x)); // [rows, classes]
    tape.minimize(tape.softmaxCrossEntropy("cross-entropy", logits, images::label));
    Adam adam = new Adam(kernels, classifier.parameters());
    int epochs = recipe.epochs(train.count());
    long steps = (long) epochs * recipe.stepsPerEpoch(train.count());
    long step = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      images.atEpoch(epoch);
      for (int start = 0; start < train.count(); start += tape.capacity()) {
        images.startAt(start);
        step++;
        adam.advance(step, recipe.rate(step, steps));
        tape.step(Math.min(tape.capacity(), train.count() - start), adam);
      }
    }
    double accuracy = accuracy(classifier, data.test(), kernels, team);
    return new TrainedClassifier(classifier, recipe, epochs, data.sha256(), accuracy);
  }

  private static int classes(DataSet data) {
    Images train = data.train();
    if (train.labels().isEmpty() || data.test().labels().isEmpty()) {
      throw new InputException(
          "sample quality: expected labels, which a classifier learns from, found %s without; choose a data set that has them"
              .formatted(data.name()));
    }
    int classes = train.classes();
    if (classes < 2) {
      throw new InputException(
          "sample quality: expected labels of two classes or more, found %s with class 0 alone; choose a data set that has them"
              .formatted(data.name()));
    }
    return classes;
  }

  private static double accuracy(Classifier classifier, Images test, Kernels kernels, Team team) {
    Readings readings = classifier.read(new Batches(test), test.count(), kernels, team);
    int hits = 0;
    for (int i = 0; i < test.count(); i++) {
      hits += readings.predicted()[i] == test.label(i) ? 1 : 0;
    }
    return (double) hits / test.count();
  }
}
