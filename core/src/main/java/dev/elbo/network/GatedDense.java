package dev.elbo.network;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * (x·Wᵀ + b)·σ(x·Vᵀ + c), element by element: the gate decides what of a linear layer passes
 * (Dauphin et al. 2017; as in Tomczak and Welling 2018).
 */
record GatedDense(Dense dense, Dense gate) implements HiddenLayer {
  /** The address of the gate's initial weights, below the layer's. */
  private static final int GATE = 1;

  static GatedDense create(String name, int in, int out, Noise noise) {
    return new GatedDense(
        Dense.create(name, in, out, noise), Dense.create(name + ".gate", in, out, noise.at(GATE)));
  }

  @Override
  public Tensor of(Tensor x) {
    Tensor h = dense.of(x); // [rows, out]
    Tensor open = gate.of(x); // [rows, out]
    Tensor share = h.tape().apply(gate.name() + " sigmoid", Activation.GATED.function(), open);
    return h.tape().product(dense.name() + " gated", h, share);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(dense.parameters());
    all.addAll(gate.parameters());
    return all;
  }
}
