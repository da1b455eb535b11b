package dev.elbo.tensor;

import java.util.Optional;

/** Says what is not finite, after a step has failed. */
final class Finiteness {
  private Finiteness() {}

  static Optional<String> describe(String name, float[] values, int rows, Tensor shape) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < shape.columns(); column++) {
        float value = values[row * shape.stride() + column];
        if (!Float.isFinite(value)) {
          return Optional.of(name + " became " + word(value));
        }
      }
    }
    return Optional.empty();
  }

  static Optional<String> describeParameters(Operation operation) {
    if (operation instanceof Affine affine) {
      return describe(affine.weight()).or(() -> describe(affine.bias()));
    }
    return Optional.empty();
  }

  private static Optional<String> describe(Parameter parameter) {
    for (float value : parameter.toArray()) {
      if (!Float.isFinite(value)) {
        return Optional.of(parameter.name() + " became " + word(value));
      }
    }
    return Optional.empty();
  }

  private static String word(float value) {
    return Float.isNaN(value) ? "NaN" : "infinite";
  }
}
