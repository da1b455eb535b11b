package dev.elbo.map;

import dev.elbo.Numbers;

/**
 * Settings of t-SNE. Learning rate, exaggeration and their length follow Belkina et al. (2019) and
 * scikit-learn; momentum and gains van der Maaten and Hinton (2008).
 *
 * @param perplexity the effective number of neighbours of a point, 2^entropy
 * @param iterations in all, those of the exaggeration included
 * @param exaggeration factor of the attraction at first, so that clusters find each other
 * @param exaggerated iterations of it
 * @param theta of Barnes and Hut: a cell of points counts as one where its side is below this share
 *     of its distance; 0 is exact
 */
public record TsneSettings(
    double perplexity, int iterations, double exaggeration, int exaggerated, double theta) {

  public static final TsneSettings DEFAULT = new TsneSettings(30, 1000, 12, 250, 0.5);

  /** Neighbours whose affinity is not taken for zero, for each unit of perplexity. */
  private static final int NEIGHBOURS_PER_PERPLEXITY = 3;

  /** A cell that holds the point itself is never taken as one where theta is below √½. */
  private static final double LARGEST_THETA = 0.7;

  private static final double LEAST_LEARNING_RATE = 50;

  public TsneSettings {
    if (!(perplexity >= 1)) {
      throw new IllegalArgumentException(
          "perplexity (=%s) must be at least 1".formatted(perplexity));
    }
    if (iterations < 1 || exaggerated < 0 || exaggerated > iterations) {
      throw new IllegalArgumentException(
          "exaggerated (=%d) must be from 0 to iterations (=%d)"
              .formatted(exaggerated, iterations));
    }
    if (!(exaggeration >= 1)) {
      throw new IllegalArgumentException(
          "exaggeration (=%s) must be at least 1".formatted(exaggeration));
    }
    if (!(theta >= 0 && theta <= LARGEST_THETA)) {
      throw new IllegalArgumentException("theta (=%s) must be from 0 to 0.7".formatted(theta));
    }
  }

  /** Nearest others that a point is attracted by. */
  public int neighbours() {
    return (int) (NEIGHBOURS_PER_PERPLEXITY * perplexity);
  }

  /** All of them in one line, the same on every JDK. */
  public String text() {
    return "perplexity %s, iterations %d, exaggeration %s for %d, theta %s"
        .formatted(
            Numbers.text(perplexity),
            iterations,
            Numbers.text(exaggeration),
            exaggerated,
            Numbers.text(theta));
  }

  /** For the gradient with its factor of 4. */
  double learningRate(int points) {
    return Math.max(points / exaggeration / 4, LEAST_LEARNING_RATE);
  }
}
