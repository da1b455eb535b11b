package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.Noise;
import java.util.OptionalInt;

/**
 * Draws from a mixture, the deviation from a component's mean multiplied by a temperature.
 *
 * @param label only components of this class
 */
public record MixtureSampler(Mixture mixture, long seed, double temperature, OptionalInt label)
    implements Sampler {

  public MixtureSampler {
    if (label.isPresent() && !mixture.hasClass(label.getAsInt())) {
      throw new IllegalArgumentException(
          "label (=%d) must be a class of the mixture".formatted(label.getAsInt()));
    }
  }

  @Override
  public float[] sample(int first, int count, Kernels kernels) {
    Noise noise = Noise.of(seed).at(Noise.Purpose.MIXTURE).at(MixtureFit.Use.DRAW.ordinal());
    int latent = mixture.latentSize();
    double[] cumulative = cumulative();
    float[] z = new float[count * latent];
    for (int i = 0; i < count; i++) {
      Noise draw = noise.at((long) first + i);
      kernels.normals(draw.key(), z, i * latent, latent);
      place(z, i * latent, component(cumulative, draw.uniform(0)));
    }
    return z;
  }

  private double[] cumulative() {
    double[] cumulative = new double[mixture.components()];
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      boolean counts = label.isEmpty() || mixture.classes()[k] == label.getAsInt();
      sum += counts ? mixture.weights()[k] : 0;
      cumulative[k] = sum;
    }
    return cumulative;
  }

  /** The first component whose cumulative weight is above a share of the whole. */
  private static int component(double[] cumulative, double share) {
    double mark = share * cumulative[cumulative.length - 1];
    int k = 0;
    while (cumulative[k] <= mark) {
      k++;
    }
    return k;
  }

  /** Turns standard normal deviates into a code of a component. */
  private void place(float[] z, int offset, int component) {
    int[] active = mixture.active();
    int columns = active.length;
    double[] eps = new double[columns];
    for (int j = 0; j < columns; j++) {
      eps[j] = z[offset + active[j]];
    }
    for (int j = 0; j < mixture.latentSize(); j++) {
      double deviation = temperature * mixture.restDeviation()[j] * z[offset + j];
      z[offset + j] = (float) (mixture.restMean()[j] + deviation);
    }
    int at = component * Mixture.triangle(columns);
    for (int i = 0; i < columns; i++) {
      double deviation = 0;
      for (int j = 0; j <= i; j++) {
        deviation += mixture.factors()[at++] * eps[j];
      }
      double mean = mixture.means()[component * columns + i];
      z[offset + active[i]] = (float) (mean + temperature * deviation);
    }
  }
}
