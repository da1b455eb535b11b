package dev.elbo.network;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/** The nonlinearity of the hidden layers. */
public enum Activation {
  /** max(x, 0). */
  RELU(ElementFunction.RELU),
  TANH(ElementFunction.TANH),
  SIGMOID(ElementFunction.SIGMOID),
  /** ln(1 + eˣ). */
  SOFTPLUS(ElementFunction.SOFTPLUS);

  private final ElementFunction function;

  Activation(ElementFunction function) {
    this.function = function;
  }

  Tensor of(String name, Tensor x) {
    return x.tape().apply(name, function, x);
  }

  /** As it stands in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
