package dev.elbo.network;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.tensor.Noise;
import java.util.Locale;

/** The nonlinearity of the hidden layers. */
public enum Activation {
  /** max(x, 0). */
  RELU(ElementFunction.RELU),
  TANH(ElementFunction.TANH),
  SIGMOID(ElementFunction.SIGMOID),
  /** ln(1 + eˣ). */
  SOFTPLUS(ElementFunction.SOFTPLUS),
  /** A linear layer times a gate between 0 and 1, a sigmoid layer of its own: twice the weights. */
  GATED(ElementFunction.SIGMOID);

  private final ElementFunction function;

  Activation(ElementFunction function) {
    this.function = function;
  }

  /** Of the layer, or of its gate. */
  ElementFunction function() {
    return function;
  }

  /**
   * A layer that ends with it.
   *
   * @param noise the address of its initial weights
   */
  HiddenLayer layer(String name, int in, int out, Noise noise) {
    return this == GATED
        ? GatedDense.create(name, in, out, noise)
        : new ActivatedDense(Dense.create(name, in, out, noise), this);
  }

  /** How many weights a hidden layer has for each pair of an input and an output. */
  public int weightsPerPair() {
    return this == GATED ? 2 : 1;
  }

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
