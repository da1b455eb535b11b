package dev.elbo.network;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Dense layers, each followed by the activation: a multilayer perceptron without its last layer.
 */
public record Mlp(List<Dense> layers, Activation activation) {

  public Mlp {
    layers = List.copyOf(layers);
  }

  /**
   * @param sizes input size, then the hidden sizes in order
   * @param noise layer i's weights are drawn at {@code firstAddress + i}
   */
  public static Mlp create(
      String name, List<Integer> sizes, Activation activation, Noise noise, int firstAddress) {
    List<Dense> layers = new ArrayList<>();
    for (int i = 0; i + 1 < sizes.size(); i++) {
      Noise here = noise.at(firstAddress + i);
      layers.add(Dense.create(name + "." + i, sizes.get(i), sizes.get(i + 1), here));
    }
    return new Mlp(layers, activation);
  }

  /** [rows, in] to [rows, last hidden size]. */
  public Tensor of(Tensor x) {
    Tensor h = x;
    for (Dense layer : layers) {
      h = activation.of(layer.name() + " " + activation, layer.of(h));
    }
    return h;
  }

  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }
}
