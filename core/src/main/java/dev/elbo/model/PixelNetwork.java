package dev.elbo.model;

import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.CalibratedGaussian;
import dev.elbo.distribution.ContinuousBernoulli;
import dev.elbo.distribution.Gaussian;
import dev.elbo.distribution.Likelihood;
import dev.elbo.distribution.PixelGaussian;
import dev.elbo.kernel.ElementFunction;
import dev.elbo.network.Dense;
import dev.elbo.network.Mlp;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * p(x|z): hidden layers, and on them the heads that the likelihood needs.
 *
 * @param variance σ² of a calibrated likelihood: no weight, but a part of the model like them
 */
record PixelNetwork(
    LikelihoodKind kind,
    Mlp hidden,
    Dense output,
    Optional<Dense> logVariance,
    Optional<Parameter> variance) {

  /**
   * @param sizes input size, then the hidden sizes in order
   * @param noise layer i's weights are drawn at {@code firstAddress + i}, the heads' after them
   */
  static PixelNetwork create(VaeConfig config, List<Integer> sizes, Noise noise, int firstAddress) {
    int last = sizes.get(sizes.size() - 1);
    long head = firstAddress + sizes.size() - 1L;
    LikelihoodKind kind = config.likelihood();
    int pixels = config.inputSize();
    return new PixelNetwork(
        kind,
        Mlp.create("decoder", sizes, config.activation(), noise, firstAddress),
        Dense.create("output", last, pixels, noise.at(head)),
        kind == LikelihoodKind.PIXEL_GAUSSIAN
            ? Optional.of(Dense.create("output_log_variance", last, pixels, noise.at(head + 1)))
            : Optional.empty(),
        kind == LikelihoodKind.CALIBRATED_GAUSSIAN
            ? Optional.of(Parameter.bias("output_variance", 1))
            : Optional.empty());
  }

  /** Of z [rows, in]. */
  Likelihood of(Tensor z) {
    Tensor h = hidden.of(z); // [rows, hidden]
    Tensor logits = output.of(h); // [rows, pixels]
    return switch (kind) {
      case BERNOULLI -> new Bernoulli(logits);
      case GAUSSIAN -> new Gaussian(sigmoid(logits), Vae.SIGMA);
      case CALIBRATED_GAUSSIAN -> new CalibratedGaussian(sigmoid(logits), variance.orElseThrow());
      case PIXEL_GAUSSIAN ->
          PixelGaussian.ofHeads(sigmoid(logits), logVariance.orElseThrow().of(h));
      case CONTINUOUS_BERNOULLI -> new ContinuousBernoulli(logits);
    };
  }

  private static Tensor sigmoid(Tensor logits) {
    return logits.tape().apply("sigmoid output", ElementFunction.SIGMOID, logits);
  }

  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(hidden.parameters());
    all.addAll(output.parameters());
    logVariance.ifPresent(dense -> all.addAll(dense.parameters()));
    variance.ifPresent(all::add);
    return all;
  }
}
