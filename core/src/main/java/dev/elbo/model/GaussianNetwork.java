package dev.elbo.model;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.ElementFunction;
import dev.elbo.network.Dense;
import dev.elbo.network.Mlp;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** N(mu(h), diag(e^logVar(h))) of what the hidden layers make of an input, two heads on them. */
record GaussianNetwork(Mlp hidden, Dense mean, Dense logVariance) {

  /** Of [rows, in]: mu and logVar are [rows, latent]. */
  DiagonalGaussian of(Tensor x) {
    Tensor h = hidden.of(x); // [rows, hidden]
    Tensor mu = mean.of(h); // [rows, latent]
    Tensor logVar = logVariance.of(h);
    String name = logVariance.name().replace('_', '-');
    Tensor bounded = logVar.tape().apply(name, ElementFunction.BOUND, logVar);
    return new DiagonalGaussian(mu, bounded);
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(hidden.parameters());
    all.addAll(mean.parameters());
    all.addAll(logVariance.parameters());
    return all;
  }
}
