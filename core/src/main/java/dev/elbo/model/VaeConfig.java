package dev.elbo.model;

import dev.elbo.InputException;
import dev.elbo.network.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a variational autoencoder.
 *
 * @param inputSize pixels of an image
 * @param layers the stochastic layers, the first of which the images are decoded from
 */
public record VaeConfig(
    int inputSize,
    List<LayerSizes> layers,
    Activation activation,
    LikelihoodKind likelihood,
    PriorConfig prior,
    LabelConfig labels) {

  /** Keeps one weight matrix within 2³¹ bytes, and a slip of the keyboard out of the memory. */
  public static final int LARGEST_LAYER = 16_384;

  /** Images of up to 512×512. */
  public static final int LARGEST_INPUT = 262_144;

  private static final int MOST_LAYERS = 8;
  private static final int MOST_WEIGHTS = Integer.MAX_VALUE / 8;

  public static final VaeConfig DEFAULT = of(Settings.defaults().values());

  public VaeConfig {
    ConfigKey.INPUT_SIZE.require(inputSize);
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      throw new InputException(
          "latent_size: expected 1 to %d stochastic layers, found %d; give them as 64 or 100,50"
              .formatted(MOST_LAYERS, layers.size()));
    }
    int first = layers.get(0).hidden().get(0);
    if ((long) inputSize * first > MOST_WEIGHTS) {
      throw new InputException(
          "hidden_size: expected a first layer of at most %d weights, found %d × %d; make it smaller"
              .formatted(MOST_WEIGHTS, inputSize, first));
    }
    if (prior.isVamp()) {
      requireVamp(inputSize, layers, prior, labels);
    }
  }

  private static void requireVamp(
      int inputSize, List<LayerSizes> layers, PriorConfig prior, LabelConfig labels) {
    if (layers.size() > 1) {
      throw new InputException(
          "prior: expected normal with %d stochastic layers, found vamp; give one --latent size"
              .formatted(layers.size()));
    }
    if (labels.conditional()) {
      throw new InputException(
          "prior: expected normal for a conditional model, found vamp, whose pseudo-inputs have no class; leave one of them out");
    }
    if ((long) inputSize * prior.pseudoInputs() > MOST_WEIGHTS) {
      throw new InputException(
          "pseudo_inputs: expected at most %d numbers in all, found %d × %d; make them fewer"
              .formatted(MOST_WEIGHTS, prior.pseudoInputs(), inputSize));
    }
  }

  /** One stochastic layer under the standard normal prior. */
  public VaeConfig(
      int inputSize,
      List<Integer> hiddenSizes,
      int latentSize,
      Activation activation,
      LikelihoodKind likelihood) {
    this(
        inputSize,
        List.of(new LayerSizes(hiddenSizes, latentSize)),
        activation,
        likelihood,
        DEFAULT.prior,
        DEFAULT.labels);
  }

  static VaeConfig of(Values values) {
    return new VaeConfig(
        values.whole(ConfigKey.INPUT_SIZE),
        layers(values.groups(ConfigKey.HIDDEN_SIZE), values.sizes(ConfigKey.LATENT_SIZE)),
        values.word(ConfigKey.ACTIVATION, Activation.values()),
        values.word(ConfigKey.LIKELIHOOD, LikelihoodKind.values()),
        PriorConfig.of(values),
        LabelConfig.of(values));
  }

  private static List<LayerSizes> layers(List<List<Integer>> hidden, List<Integer> latent) {
    if (hidden.size() != latent.size()) {
      throw new InputException(
          "hidden_size: expected hidden layers for each of the latent sizes %s, as 200,200/100,100 for 100,50, found %s; change one of them"
              .formatted(ConfigKey.text(latent), ConfigKey.text(hidden)));
    }
    List<LayerSizes> layers = new ArrayList<>();
    for (int i = 0; i < hidden.size(); i++) {
      layers.add(new LayerSizes(hidden.get(i), latent.get(i)));
    }
    return layers;
  }

  /** Hidden sizes of the first stochastic layer. */
  public List<Integer> hiddenSizes() {
    return layers.get(0).hidden();
  }

  /** Latent dimensions of the first stochastic layer: the size of a code. */
  public int latentSize() {
    return layers.get(0).latent();
  }

  /**
   * Whether KL(q(z|x) ‖ p(z)) has a closed form; elsewhere one is sampled, log q(z|x) − log p(z).
   */
  public boolean hasExactKl() {
    return layers.size() == 1 && !prior.isVamp();
  }

  /** What a figure of the KL may be called. */
  public String klName() {
    return hasExactKl() ? "KL" : "sampled KL";
  }

  /** How many weights of dense layers the model has, biases left out, and of pseudo-inputs. */
  public long weights() {
    int perPair = activation.weightsPerPair();
    long sum = prior.isVamp() ? (long) inputSize * prior.pseudoInputs() : 0;
    long in = inputSize + labels.columns();
    long heads = likelihood == LikelihoodKind.PIXEL_GAUSSIAN ? 2L * inputSize : inputSize;
    long more = labels.columns();
    for (LayerSizes layer : layers) {
      sum += layer.encoderWeights(in, perPair) + layer.decoderWeights(more, perPair);
      sum += heads * layer.hidden().get(0);
      in = layer.latent();
      heads = 2L * layer.latent();
      more = 0;
    }
    return sum;
  }

  public VaeConfig withInputSize(int other) {
    return new VaeConfig(other, layers, activation, likelihood, prior, labels);
  }

  public VaeConfig withLayers(List<LayerSizes> other) {
    return new VaeConfig(inputSize, other, activation, likelihood, prior, labels);
  }

  public VaeConfig withPrior(PriorConfig other) {
    return new VaeConfig(inputSize, layers, activation, likelihood, other, labels);
  }

  public VaeConfig withLabels(LabelConfig other) {
    return new VaeConfig(inputSize, layers, activation, likelihood, prior, other);
  }
}
