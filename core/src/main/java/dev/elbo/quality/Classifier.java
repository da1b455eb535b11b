package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.network.Activation;
import dev.elbo.network.Dense;
import dev.elbo.network.Mlp;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A multilayer perceptron from pixels to classes; its last hidden layer gives the features. */
public record Classifier(int pixels, Mlp body, Dense head) {
  private static final int ROWS = 256;

  /**
   * @param noise layer i's weights are drawn at address i
   */
  static Classifier create(int pixels, List<Integer> hiddenSizes, int classes, Noise noise) {
    List<Integer> sizes = new ArrayList<>(List.of(pixels));
    sizes.addAll(hiddenSizes);
    int features = sizes.get(hiddenSizes.size());
    return new Classifier(
        pixels,
        Mlp.create("hidden", sizes, Activation.RELU, noise, 0),
        Dense.create("output", features, classes, noise.at(hiddenSizes.size())));
  }

  int classes() {
    return head.bias().columns();
  }

  /** [rows, pixels] to [rows, features]. */
  Tensor features(Tensor x) {
    return body.of(x);
  }

  /** [rows, features] to [rows, classes]. */
  Tensor logits(Tensor features) {
    return head.of(features);
  }

  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(body.parameters());
    parameters.addAll(head.parameters());
    return parameters;
  }

  /** Sizes from pixels to classes: {@code 784-512-256-10}. */
  String shape() {
    StringBuilder text = new StringBuilder().append(pixels);
    body.parameters().stream()
        .filter(Parameter::isWeight)
        .forEach(weight -> text.append('-').append(weight.columns()));
    return text.append('-').append(classes()).toString();
  }

  /**
   * What it sees in images.
   *
   * @param images row i is image i, its pixels in [0, 1]
   */
  Readings read(RowSource images, int count, Kernels kernels, Team team) {
    int[] start = {0};
    Tape tape = new Tape(Math.min(ROWS, count), kernels, team);
    Tensor x =
        tape.input(
            "x", pixels, (row, values, offset) -> images.fill(start[0] + row, values, offset));
    Tensor features = features(x);
    Tensor logits = logits(features);
    Readings readings = Readings.of(count, features.columns(), classes());
    for (; start[0] < count; start[0] += tape.capacity()) {
      int rows = Math.min(tape.capacity(), count - start[0]);
      tape.forward(rows);
      readings.take(start[0], rows, features, logits);
    }
    return readings;
  }
}
