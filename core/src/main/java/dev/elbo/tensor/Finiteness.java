package dev.elbo.tensor;

import java.util.List;
import java.util.Optional;

/** Says what is not finite, after a step has failed. */
final class Finiteness {
  private Finiteness() {}

  /**
   * The first value that went bad in the last replay. With a sound loss it is a gradient, met on
   * the way back, or what the sink made of it; else a value on the way there.
   */
  static String first(List<Operation> operations, int images, boolean onTheWayBack) {
    Optional<String> found =
        onTheWayBack ? badGradient(operations, images) : Optional.<String>empty();
    return found.or(() -> badValue(operations, images)).orElse("an optimiser moment");
  }

  private static Optional<String> badValue(List<Operation> operations, int images) {
    for (Operation operation : operations) {
      Tensor output = operation.output();
      Optional<String> found =
          describeParameters(operation)
              .or(() -> describe(output.name(), output.values(), images, output));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> badGradient(List<Operation> operations, int images) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      Tensor output = operations.get(i).output();
      if (!output.trainable() || output.gradient() == null) {
        continue;
      }
      String name = "the gradient of " + output.name();
      Optional<String> found = describe(name, output.gradient(), images, output);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> describe(String name, float[] values, int images, Tensor shape) {
    for (int row = 0; row < shape.axis().count(images); row++) {
      for (int column = 0; column < shape.columns(); column++) {
        float value = values[row * shape.stride() + column];
        if (!Float.isFinite(value)) {
          return Optional.of(name + " became " + word(value));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> describeParameters(Operation operation) {
    if (operation instanceof Affine affine) {
      return describe(affine.weight()).or(() -> describe(affine.bias()));
    }
    if (operation instanceof ParameterRows rows) {
      return describe(rows.weight());
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
