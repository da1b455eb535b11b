package dev.elbo.network;

import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** f(x·Wᵀ + b). */
record ActivatedDense(Dense dense, Activation activation) implements HiddenLayer {
  @Override
  public Tensor of(Tensor x) {
    Tensor h = dense.of(x);
    return h.tape().apply(dense.name() + " " + activation, activation.function(), h);
  }

  @Override
  public List<Parameter> parameters() {
    return dense.parameters();
  }
}
