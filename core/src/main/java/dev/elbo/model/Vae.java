package dev.elbo.model;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.distribution.EqualMixture;
import dev.elbo.distribution.Likelihood;
import dev.elbo.distribution.StandardNormal;
import dev.elbo.kernel.Kernels;
import dev.elbo.network.Dense;
import dev.elbo.network.Mlp;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Parameter;
import dev.elbo.tensor.RowNoise;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A variational autoencoder (Kingma and Welling 2014; Rezende et al. 2014) with dense layers: a
 * list of conditional distributions. q(z|x) is a diagonal Gaussian in each stochastic layer, p(x|z)
 * as configured; p(z) is the standard normal or a VampPrior, through further layers where there are
 * any. A conditional one is all of this {@link #given} labels.
 */
public final class Vae {
  /** The σ of the Gaussian likelihood; the weight of the KL stands in for another one. */
  public static final double SIGMA = 1;

  /** Addresses of initial weights that no number of layers reaches. */
  private static final int PSEUDO_INPUTS = 100;

  private static final int FURTHER = 200;

  private final VaeConfig config;
  private final GaussianNetwork encoder;
  private final PixelNetwork decoder;
  private final List<StochasticLayer> further;
  private final Optional<PseudoInputs> pseudoInputs;

  /** One-hot, [rows, classes]; null until they are given. */
  private final Tensor labels;

  /** Of the VampPrior; null where the tape is to compute them. */
  private final PriorComponents priorComponents;

  /** A model with fresh weights, a function of the configuration and the seed. */
  public Vae(VaeConfig config, long seed) {
    this.config = config;
    this.labels = null;
    this.priorComponents = null;
    Noise noise = Noise.of(seed).at(Noise.Purpose.INITIALIZATION);
    List<Integer> down = new ArrayList<>();
    down.add(config.inputSize() + config.labels().columns());
    down.addAll(config.hiddenSizes());
    List<Integer> up = new ArrayList<>(config.hiddenSizes());
    up.add(config.latentSize() + config.labels().columns());
    Collections.reverse(up);
    int hidden = down.get(down.size() - 1);
    int layers = config.hiddenSizes().size();

    encoder =
        new GaussianNetwork(
            Mlp.create("encoder", down, config.activation(), noise, 0),
            Dense.create("mean", hidden, config.latentSize(), noise.at(layers)),
            Dense.create("log_variance", hidden, config.latentSize(), noise.at(layers + 1)));
    decoder = PixelNetwork.create(config, up, noise, layers + 2);
    calibrate(SIGMA * SIGMA);

    List<StochasticLayer> above = new ArrayList<>();
    for (int i = 1; i < config.layers().size(); i++) {
      LayerSizes sizes = config.layers().get(i);
      int below = config.layers().get(i - 1).latent();
      Noise own = noise.at(FURTHER + i);
      above.add(StochasticLayer.create(i + 1, below, sizes, config.activation(), own));
    }
    further = List.copyOf(above);
    int count = config.prior().pseudoInputs();
    pseudoInputs =
        config.prior().isVamp()
            ? Optional.of(PseudoInputs.create(count, config.inputSize(), noise.at(PSEUDO_INPUTS)))
            : Optional.empty();
  }

  /** The same model, its weights shared, with labels of rows of a tape or a prior known. */
  private Vae(Vae of, Tensor labels, PriorComponents priorComponents) {
    this.config = of.config;
    this.encoder = of.encoder;
    this.decoder = of.decoder;
    this.further = of.further;
    this.pseudoInputs = of.pseudoInputs;
    this.labels = labels;
    this.priorComponents = priorComponents;
  }

  public VaeConfig config() {
    return config;
  }

  /**
   * The same model, its weights shared, of images of known classes on one tape: p(x|y) where it is
   * conditional. Another model has no use for labels, and none are asked for.
   *
   * @param labelOfRow the class of a row's image, from 0
   */
  public Vae given(Tape tape, IntUnaryOperator labelOfRow) {
    if (!config.labels().conditional()) {
      return this;
    }
    int classes = config.labels().classes();
    Tensor y =
        tape.input(
            "y",
            classes,
            (row, values, offset) -> {
              int label = labelOfRow.applyAsInt(row);
              if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                    "label (=%d) must be from 0 to %d".formatted(label, classes - 1));
              }
              Arrays.fill(values, offset, offset + classes, 0f);
              values[offset + label] = 1f;
            }); // [rows, classes]
    return new Vae(this, y, priorComponents);
  }

  /**
   * The same model, its weights shared, for as long as these stay as they are: what a VampPrior is
   * made of is computed now, and not in every replay.
   */
  public Vae withPriorKnown(Kernels kernels) {
    return config.prior().isVamp()
        ? new Vae(this, labels, PriorComponents.of(this, kernels))
        : this;
  }

  /** q(z₁|x) of x [rows, pixels]: mu and logVar are [rows, latent]. */
  public DiagonalGaussian encode(Tensor x) {
    return encoder.of(withLabels(x));
  }

  /** k draws of all latent variables of each row, of which q(z₁|x) is known. */
  public Latents draw(DiagonalGaussian q, int k, RowNoise eps) {
    return Latents.of(this, q, k, eps);
  }

  /** p(x|z₁) of z₁ [rows, latent], several rows for an image or one. */
  public Likelihood decode(Tensor z) {
    return decoder.of(withLabels(z));
  }

  /** Sets σ² of a calibrated likelihood, from when on it counts outside training. */
  public void calibrate(double best) {
    decoder.variance().ifPresent(of -> of.set(new float[] {(float) best}));
  }

  private Tensor withLabels(Tensor x) {
    if (!config.labels().conditional()) {
      return x;
    }
    if (labels == null) {
      throw new IllegalStateException("a conditional model must be given labels first");
    }
    Tape tape = x.tape();
    Tensor y = tape.repeatRows("y", labels, x.samples()); // [rows, classes]
    return tape.concat(x.name() + ", y", List.of(x, y)); // [rows, columns + classes]
  }

  /** KL(q(z|x) ‖ p(z)) where it has a closed form, [rows], nats. */
  public Optional<Tensor> exactKl(DiagonalGaussian q) {
    return config.hasExactKl() ? Optional.of(q.klTo(StandardNormal.PRIOR)) : Optional.empty();
  }

  /** log p(z_L) of the last stochastic layer's variables, [rows], nats. */
  Tensor logPriorOfTop(Tensor z) {
    return pseudoInputs.isPresent()
        ? vampPrior(z.tape()).logProb(z)
        : StandardNormal.PRIOR.logProb(z);
  }

  /** (1/K) Σₖ q(z|uₖ), the prior of a model that has pseudo-inputs; recorded on a tape. */
  public EqualMixture vampPrior(Tape tape) {
    if (priorComponents != null) {
      return priorComponents.on(tape);
    }
    DiagonalGaussian q = encode(pseudoInputs.orElseThrow().on(tape)); // [K in all, latent]
    return new EqualMixture(q.mu(), q.logVar());
  }

  /** The inputs that a VampPrior is learned by, [K, pixels] as logits. */
  public Optional<Parameter> pseudoInputs() {
    return pseudoInputs.map(PseudoInputs::logits);
  }

  /**
   * p(z_l|z_{l+1}) of z_{l+1} [rows, latent], l = 1, 2, …: how draws come down from the last layer.
   */
  public DiagonalGaussian below(int l, Tensor above) {
    return further.get(l - 1).down().of(above);
  }

  /** The stochastic layers above the first. */
  List<StochasticLayer> further() {
    return further;
  }

  /** In the order of the model file. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(encoder.parameters());
    all.addAll(decoder.parameters());
    further.forEach(layer -> all.addAll(layer.parameters()));
    pseudoInputs.ifPresent(of -> all.add(of.logits()));
    return List.copyOf(all);
  }
}
