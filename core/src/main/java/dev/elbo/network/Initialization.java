package dev.elbo.network;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;

/**
 * Glorot and Bengio (2010), uniform: weights from U(−a, a) with a = √(6/(in + out)); biases zero.
 * The draw of a weight is addressed by its layer's number and its place in the file's order.
 */
final class Initialization {
  private Initialization() {}

  static void glorot(Parameter weight, Noise noise) {
    double bound = StrictMath.sqrt(6.0 / (weight.rows() + weight.columns()));
    float[] values = new float[weight.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * noise.uniform(i) - 1) * bound);
    }
    weight.set(values);
  }
}
