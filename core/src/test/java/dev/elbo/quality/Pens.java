package dev.elbo.quality;

import dev.elbo.data.DataSet;
import dev.elbo.data.PenDigits;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.List;

/** Pen digits in small numbers, and a small classifier of them. */
final class Pens {
  static final DataSet DATA =
      new DataSet(
          "pen",
          PenDigits.images(0, PenDigits.Part.TRAIN, 0, 1500),
          PenDigits.images(0, PenDigits.Part.TEST, 0, 500),
          "test",
          "generated");

  static final ClassifierRecipe RECIPE =
      new ClassifierRecipe(List.of(48, 32), 8, 90, 64, 0.003, 1, 0);

  private Pens() {}

  static TrainedClassifier trained(Kernels kernels, int threads) {
    try (Team team = new Team(threads)) {
      return ClassifierTraining.train(DATA, RECIPE, kernels, team);
    }
  }
}
