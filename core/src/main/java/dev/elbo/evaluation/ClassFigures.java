package dev.elbo.evaluation;

import dev.elbo.data.Images;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model reaches on the images of one label; means over them, as in {@link TestFigures}.
 *
 * @param count how many images have the label
 */
public record ClassFigures(int label, int count, double reconstruction, double kl, double mse) {
  private static final int LABELS = 256;

  /** −reconstruction − kl: the evidence lower bound at β = 1, nats per image. */
  public double elbo() {
    return -reconstruction - kl;
  }

  /** A row for each label that occurs, ascending; none where the images have no labels. */
  public static List<ClassFigures> of(Images images, ImageFigures figures) {
    if (images.labels().isEmpty()) {
      return List.of();
    }
    int[] count = new int[LABELS];
    double[][] sums = new double[3][LABELS];
    for (int i = 0; i < images.count(); i++) {
      int label = images.label(i);
      count[label]++;
      sums[0][label] += figures.reconstruction()[i];
      sums[1][label] += figures.kl()[i];
      sums[2][label] += figures.mse()[i];
    }
    List<ClassFigures> classes = new ArrayList<>();
    for (int label = 0; label < LABELS; label++) {
      int n = count[label];
      if (n > 0) {
        classes.add(
            new ClassFigures(label, n, sums[0][label] / n, sums[1][label] / n, sums[2][label] / n));
      }
    }
    return List.copyOf(classes);
  }
}
