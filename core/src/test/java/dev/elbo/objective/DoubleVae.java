package dev.elbo.objective;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.PriorKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.tensor.Doubles;
import dev.elbo.tensor.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The whole model on one image, written a second time in double: encoder, draw, decoder and both
 * terms. Its gradient is by central differences, so that no backward pass is needed here.
 */
public final class DoubleVae {
  /** Errors of about h², 1e-10. */
  private static final double H = 1e-5;

  private final VaeConfig config;
  private final List<String> names;
  private final double[][] p;

  /**
   * @param reconstruction −log p(x|z), nats
   * @param kl KL(q(z|x) ‖ p(z)), nats
   * @param decodedMean E[x | z = mu]
   */
  public record Terms(
      double reconstruction, double kl, double[] mu, double[] logVar, double[] decodedMean) {}

  /** A copy of the weights as they are. */
  public DoubleVae(Vae vae) {
    config = vae.config();
    names = vae.parameters().stream().map(Parameter::name).toList();
    p =
        vae.parameters().stream()
            .map(parameter -> Doubles.of(parameter.toArray()))
            .toArray(double[][]::new);
  }

  /** The weights, in the order of the model file; to be changed at will. */
  double[][] parameters() {
    return p;
  }

  private double[] weights(String name) {
    return p[names.indexOf(name)];
  }

  private double[] layer(String name, double[] x) {
    return Doubles.affine(x, weights(name + ".weight"), weights(name + ".bias"));
  }

  private double[] hidden(String name, int layers, double[] x) {
    double[] h = x;
    for (int i = 0; i < layers; i++) {
      String here = name + "." + i;
      double[] linear = layer(here, h);
      h =
          config.activation() == Activation.GATED
              ? Doubles.gated(linear, layer(here + ".gate", h))
              : Doubles.apply(ElementFunction.valueOf(config.activation().name()), linear);
    }
    return h;
  }

  private record Normal(double[] mu, double[] logVar) {}

  private Normal normal(String mean, String logVariance, double[] h) {
    double[] logVar = Doubles.apply(ElementFunction.BOUND, layer(logVariance, h));
    return new Normal(layer(mean, h), logVar);
  }

  private Normal encode(double[] x) {
    double[] h = hidden("encoder", config.hiddenSizes().size(), x);
    return normal("mean", "log_variance", h);
  }

  private double[] decoderHidden(double[] z) {
    return hidden("decoder", config.hiddenSizes().size(), z);
  }

  private double[] logits(double[] z) {
    return layer("output", decoderHidden(z));
  }

  public double[] decode(double[] z) {
    double[] logits = logits(z);
    return config.likelihood() == LikelihoodKind.CONTINUOUS_BERNOULLI
        ? Arrays.stream(logits).map(l -> 1 / -StrictMath.expm1(-l) - 1 / l).toArray()
        : Doubles.apply(ElementFunction.SIGMOID, logits);
  }

  /** Outside training: a calibrated σ² is what the model holds. */
  private double logProb(double[] x, double[] z) {
    return switch (config.likelihood()) {
      case BERNOULLI -> Doubles.bernoulli(logits(z), x);
      case CONTINUOUS_BERNOULLI -> Doubles.continuousBernoulli(logits(z), x);
      case GAUSSIAN -> Doubles.gaussian(decode(z), x, 1);
      case CALIBRATED_GAUSSIAN ->
          Doubles.gaussian(decode(z), x, StrictMath.sqrt(weights("output_variance")[0]));
      case PIXEL_GAUSSIAN -> {
        double[] head = layer("output_log_variance", decoderHidden(z));
        yield Doubles.pixelGaussian(decode(z), Doubles.apply(ElementFunction.BOUND, head), x);
      }
    };
  }

  public Terms terms(double[] x, double[] eps) {
    Normal q = encode(x);
    double[] mu = q.mu();
    double[] logVar = q.logVar();
    double[] z = Doubles.reparameterize(mu, logVar, eps);
    return new Terms(-logProb(x, z), Doubles.kl(mu, logVar), mu, logVar, decode(mu));
  }

  /**
   * One draw of all latent variables.
   *
   * @param kl of q(z₁|x) to N(0, 1), which is that of the model where it has one layer and no
   *     pseudo-inputs
   */
  record Draw(double logPx, double logPz, double logQz, double kl) {
    double logWeight(double beta) {
      return logPx - beta * divergence();
    }

    double divergence() {
      return logQz - logPz;
    }
  }

  /**
   * @param y one-hot, or empty
   * @param eps of each stochastic layer
   */
  Draw draw(double[] x, double[] y, double[][] eps) {
    Normal q = encode(concat(x, y));
    double[] z = Doubles.reparameterize(q.mu(), q.logVar(), eps[0]);
    double logPx = logProb(x, concat(z, y));
    double logQz = Doubles.logDensity(z, q.mu(), q.logVar());
    double logPz = 0;
    for (int l = 1; l < eps.length; l++) {
      String prefix = "layer" + (l + 1) + ".";
      int layers = config.layers().get(l).hidden().size();
      double[] up = hidden(prefix + "encoder", layers, z);
      Normal above = normal(prefix + "mean", prefix + "log_variance", up);
      double[] next = Doubles.reparameterize(above.mu(), above.logVar(), eps[l]);
      logQz += Doubles.logDensity(next, above.mu(), above.logVar());
      double[] down = hidden(prefix + "decoder", layers, next);
      Normal below = normal(prefix + "output", prefix + "output_log_variance", down);
      logPz += Doubles.logDensity(z, below.mu(), below.logVar());
      z = next;
    }
    return new Draw(logPx, logPz + logPriorOfTop(z), logQz, Doubles.kl(q.mu(), q.logVar()));
  }

  private double logPriorOfTop(double[] z) {
    if (config.prior().kind() == PriorKind.NORMAL) {
      return Doubles.logDensity(z, new double[z.length], new double[z.length]);
    }
    int count = config.prior().pseudoInputs();
    double[] logits = weights("prior.pseudo_inputs"); // [pixels, K], as in files
    double[] logs = new double[count];
    for (int k = 0; k < count; k++) {
      double[] u = new double[config.inputSize()];
      for (int j = 0; j < u.length; j++) {
        u[j] = logits[j * count + k];
      }
      Normal q = encode(Doubles.apply(ElementFunction.SIGMOID, u));
      logs[k] = Doubles.logDensity(z, q.mu(), q.logVar());
    }
    return Doubles.logMeanExp(logs);
  }

  private static double[] concat(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  /** The mean over a batch of reconstruction + β·KL. */
  double loss(double[][] x, double[][] eps, double beta) {
    double sum = 0;
    for (int row = 0; row < x.length; row++) {
      Terms terms = terms(x[row], eps[row]);
      sum += terms.reconstruction() + beta * terms.kl();
    }
    return sum / x.length;
  }

  double[][] gradient(double[][] x, double[][] eps, double beta) {
    double[][] gradient = new double[p.length][];
    for (int i = 0; i < p.length; i++) {
      gradient[i] = new double[p[i].length];
      for (int j = 0; j < p[i].length; j++) {
        double before = p[i][j];
        p[i][j] = before + H;
        double above = loss(x, eps, beta);
        p[i][j] = before - H;
        double below = loss(x, eps, beta);
        p[i][j] = before;
        gradient[i][j] = (above - below) / (2 * H);
      }
    }
    return gradient;
  }
}
