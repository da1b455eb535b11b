package dev.elbo.tensor;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** A sink that keeps gradients, changes nothing, and counts how often it got each row. */
public final class GradientStore implements GradientSink {
  private final Map<Parameter, float[]> gradients = new IdentityHashMap<>();
  private final Map<Parameter, int[]> counts = new IdentityHashMap<>();

  @Override
  public synchronized boolean take(Parameter parameter, int from, int to, float[] gradient) {
    int stride = parameter.stride();
    float[] kept = gradients.computeIfAbsent(parameter, p -> new float[p.rows() * stride]);
    System.arraycopy(gradient, 0, kept, from * stride, (to - from) * stride);
    int[] seen = counts.computeIfAbsent(parameter, p -> new int[p.rows()]);
    for (int row = from; row < to; row++) {
      seen[row]++;
    }
    return true;
  }

  boolean has(Parameter parameter) {
    return gradients.containsKey(parameter);
  }

  int[] counts(Parameter parameter) {
    return counts.get(parameter).clone();
  }

  /** In the order of a file: [out, in] or [out]. */
  public float[] gradient(Parameter parameter) {
    Parameter shaped = parameter.like("d");
    float[] kept = gradients.get(parameter);
    System.arraycopy(kept, 0, shaped.values(), 0, kept.length);
    return shaped.toArray();
  }

  /** What lies in the padding must be zero, since the optimiser updates it too. */
  boolean paddingIsZero(Parameter parameter) {
    float[] kept = gradients.get(parameter);
    for (int row = 0; row < parameter.rows(); row++) {
      int at = row * parameter.stride();
      float[] padding = Arrays.copyOfRange(kept, at + parameter.columns(), at + parameter.stride());
      if (!Arrays.equals(padding, new float[padding.length])) {
        return false;
      }
    }
    return true;
  }
}
