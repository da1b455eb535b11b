package dev.elbo.model;

import dev.elbo.network.Activation;
import dev.elbo.network.Dense;
import dev.elbo.network.Mlp;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stochastic layer above the first (Burda, Grosse and Salakhutdinov 2015): z is the layer's, and
 * below are the latent variables of the layer before.
 *
 * @param up q(z|below)
 * @param down p(below|z)
 */
record StochasticLayer(GaussianNetwork up, GaussianNetwork down) {

  /**
   * @param number 2, 3, …
   * @param below the latent size of the layer before
   */
  static StochasticLayer create(
      int number, int below, LayerSizes sizes, Activation activation, Noise noise) {
    String prefix = "layer" + number + ".";
    List<Integer> upward = new ArrayList<>();
    upward.add(below);
    upward.addAll(sizes.hidden());
    List<Integer> downward = new ArrayList<>(sizes.hidden());
    downward.add(sizes.latent());
    Collections.reverse(downward);
    int top = upward.get(upward.size() - 1);
    int bottom = downward.get(downward.size() - 1);
    int layers = sizes.hidden().size();
    return new StochasticLayer(
        new GaussianNetwork(
            Mlp.create(prefix + "encoder", upward, activation, noise, 0),
            Dense.create(prefix + "mean", top, sizes.latent(), noise.at(layers)),
            Dense.create(prefix + "log_variance", top, sizes.latent(), noise.at(layers + 1))),
        new GaussianNetwork(
            Mlp.create(prefix + "decoder", downward, activation, noise, layers + 2),
            Dense.create(prefix + "output", bottom, below, noise.at(2L * layers + 2)),
            Dense.create(
                prefix + "output_log_variance", bottom, below, noise.at(2L * layers + 3))));
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(up.parameters());
    all.addAll(down.parameters());
    return all;
  }
}
