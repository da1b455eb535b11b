package dev.elbo.network;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Dense layers, each with its nonlinearity: a multilayer perceptron without its last layer. */
public final class Mlp {
  private final List<HiddenLayer> layers;

  private Mlp(List<HiddenLayer> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * @param sizes input size, then the hidden sizes in order
   * @param noise layer i's weights are drawn at {@code firstAddress + i}
   */
  public static Mlp create(
      String name, List<Integer> sizes, Activation activation, Noise noise, int firstAddress) {
    List<HiddenLayer> layers = new ArrayList<>();
    for (int i = 0; i + 1 < sizes.size(); i++) {
      Noise here = noise.at(firstAddress + i);
      layers.add(activation.layer(name + "." + i, sizes.get(i), sizes.get(i + 1), here));
    }
    return new Mlp(layers);
  }

  /** [rows, in] to [rows, last hidden size]. */
  public Tensor of(Tensor x) {
    Tensor h = x;
    for (HiddenLayer layer : layers) {
      h = layer.of(h);
    }
    return h;
  }

  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }
}
