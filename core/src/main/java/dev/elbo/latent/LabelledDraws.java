package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Codes with the class that each is to be decoded as, for a conditional model.
 *
 * @param z [count, latent]
 * @param labels [count]
 */
public record LabelledDraws(float[] z, int[] labels) {
  /** The address, below a draw's, of its class; those of layers lie before it. */
  private static final int LABEL = 100;

  /** The class of code i. */
  public int label(int code) {
    return labels[code];
  }

  /** All of one class. */
  public static LabelledDraws of(Sampler sampler, int label, int count, Kernels kernels) {
    return of(sampler, label, 0, count, kernels);
  }

  /** All of one class, the draws from number {@code first} on. */
  public static LabelledDraws of(
      Sampler sampler, int label, int first, int count, Kernels kernels) {
    int[] labels = new int[count];
    Arrays.fill(labels, label);
    return new LabelledDraws(sampler.sample(first, count, kernels), labels);
  }

  /**
   * A row for each class, of the same draws from left to right: where the sampler knows no classes,
   * a column is one code.
   */
  public static LabelledDraws rows(
      IntFunction<Sampler> ofClass, int classes, int columns, Kernels kernels) {
    int[] labels = new int[classes * columns];
    int[] draws = new int[classes * columns];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / columns;
      draws[i] = i % columns;
    }
    return pick(ofClass, classes, labels, 0, draws, kernels);
  }

  /** Every class as likely as another: draws of p(x) = Σ p(x|y)/classes. */
  public static LabelledDraws mixed(
      IntFunction<Sampler> ofClass, int classes, int count, long seed, Kernels kernels) {
    return mixed(ofClass, classes, 0, count, seed, kernels);
  }

  /** The draws from number {@code first} on. */
  public static LabelledDraws mixed(
      IntFunction<Sampler> ofClass, int classes, int first, int count, long seed, Kernels kernels) {
    Noise noise = Noise.of(seed).at(Noise.Purpose.PRIOR);
    int[] labels = new int[count];
    int[] draws = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = noise.at((long) first + i).at(LABEL).below(classes, 0);
      draws[i] = i;
    }
    return pick(ofClass, classes, labels, first, draws, kernels);
  }

  /** Code i is draw {@code first + draws[i]} of its class's sampler. */
  private static LabelledDraws pick(
      IntFunction<Sampler> ofClass,
      int classes,
      int[] labels,
      int first,
      int[] draws,
      Kernels kernels) {
    int most = Arrays.stream(draws).max().orElse(-1) + 1;
    float[] z = {};
    for (int label = 0; label < classes; label++) {
      float[] own = ofClass.apply(label).sample(first, most, kernels);
      int latent = most == 0 ? 0 : own.length / most;
      z = z.length == 0 ? new float[labels.length * latent] : z;
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == label) {
          System.arraycopy(own, draws[i] * latent, z, i * latent, latent);
        }
      }
    }
    return new LabelledDraws(z, labels);
  }
}
