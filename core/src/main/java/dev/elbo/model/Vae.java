package dev.elbo.model;

import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.CalibratedGaussian;
import dev.elbo.distribution.ContinuousBernoulli;
import dev.elbo.distribution.DiagonalGaussian;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A variational autoencoder (Kingma and Welling 2014; Rezende et al. 2014) with dense layers:
 * q(z|x) a diagonal Gaussian, p(z) the standard normal, p(x|z) as configured.
 */
public final class Vae {
  /** The σ of the Gaussian likelihood; the weight of the KL stands in for another one. */
  public static final double SIGMA = 1;

  private final VaeConfig config;
  private final Mlp encoder;
  private final Dense mean;
  private final Dense logVariance;
  private final Mlp decoder;
  private final Dense output;
  private final Optional<Dense> pixelLogVariance;

  /** σ² of a calibrated likelihood: no weight, but a part of the model like them. */
  private final Optional<Parameter> variance;

  /** A model with fresh weights, a function of the configuration and the seed. */
  public Vae(VaeConfig config, long seed) {
    this.config = config;
    Noise noise = Noise.of(seed).at(Noise.Purpose.INITIALIZATION);
    List<Integer> down = new ArrayList<>();
    down.add(config.inputSize());
    down.addAll(config.hiddenSizes());
    List<Integer> up = new ArrayList<>(config.hiddenSizes());
    up.add(config.latentSize());
    Collections.reverse(up);
    int hidden = down.get(down.size() - 1);
    int layers = config.hiddenSizes().size();

    encoder = Mlp.create("encoder", down, config.activation(), noise, 0);
    mean = Dense.create("mean", hidden, config.latentSize(), noise.at(layers));
    logVariance = Dense.create("log_variance", hidden, config.latentSize(), noise.at(layers + 1));
    decoder = Mlp.create("decoder", up, config.activation(), noise, layers + 2);
    int last = up.get(up.size() - 1);
    output = Dense.create("output", last, config.inputSize(), noise.at(2L * layers + 2));
    Noise next = noise.at(2L * layers + 3);
    pixelLogVariance =
        config.likelihood() == LikelihoodKind.PIXEL_GAUSSIAN
            ? Optional.of(Dense.create("output_log_variance", last, config.inputSize(), next))
            : Optional.empty();
    variance =
        config.likelihood() == LikelihoodKind.CALIBRATED_GAUSSIAN
            ? Optional.of(Parameter.bias("output_variance", 1))
            : Optional.empty();
    calibrate(SIGMA * SIGMA);
  }

  public VaeConfig config() {
    return config;
  }

  /** q(z|x) of x [rows, pixels]: mu and logVar are [rows, latent]. */
  public DiagonalGaussian encode(Tensor x) {
    Tensor h = encoder.of(x); // [rows, hidden]
    Tensor mu = mean.of(h); // [rows, latent]
    Tensor logVar = logVariance.of(h);
    Tensor bounded = logVar.tape().apply("log-variance", ElementFunction.BOUND, logVar);
    return new DiagonalGaussian(mu, bounded);
  }

  /** p(x|z) of z [rows, latent]. */
  public Likelihood decode(Tensor z) {
    Tensor h = decoder.of(z); // [rows, hidden]
    Tensor logits = output.of(h); // [rows, pixels]
    return switch (config.likelihood()) {
      case BERNOULLI -> new Bernoulli(logits);
      case GAUSSIAN -> new Gaussian(sigmoid(logits), SIGMA);
      case CALIBRATED_GAUSSIAN -> new CalibratedGaussian(sigmoid(logits), variance.orElseThrow());
      case PIXEL_GAUSSIAN ->
          PixelGaussian.ofHeads(sigmoid(logits), pixelLogVariance.orElseThrow().of(h));
      case CONTINUOUS_BERNOULLI -> new ContinuousBernoulli(logits);
    };
  }

  private static Tensor sigmoid(Tensor logits) {
    return logits.tape().apply("sigmoid output", ElementFunction.SIGMOID, logits);
  }

  /** Sets σ² of a calibrated likelihood, from when on it counts outside training. */
  public void calibrate(double best) {
    variance.ifPresent(of -> of.set(new float[] {(float) best}));
  }

  /** In the order of the model file. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(encoder.parameters());
    all.addAll(mean.parameters());
    all.addAll(logVariance.parameters());
    all.addAll(decoder.parameters());
    all.addAll(output.parameters());
    pixelLogVariance.ifPresent(dense -> all.addAll(dense.parameters()));
    variance.ifPresent(all::add);
    return List.copyOf(all);
  }
}
