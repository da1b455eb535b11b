package dev.elbo.network;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** y = x·Wᵀ + b with W [out, in] and b [out]. */
public record Dense(String name, Parameter weight, Parameter bias) {

  /**
   * @param noise the address of this layer's initial weights
   */
  public static Dense create(String name, int in, int out, Noise noise) {
    Parameter weight = Parameter.weight(name + ".weight", in, out);
    Initialization.glorot(weight, noise);
    return new Dense(name, weight, Parameter.bias(name + ".bias", out));
  }

  /** [rows, in] to [rows, out]. */
  public Tensor of(Tensor x) {
    return x.tape().affine(name + " output", x, weight, bias);
  }

  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
