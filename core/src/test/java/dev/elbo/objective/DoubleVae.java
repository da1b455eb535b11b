package dev.elbo.objective;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.Vae;
import dev.elbo.model.VaeConfig;
import dev.elbo.tensor.Doubles;
import java.util.Arrays;

/**
 * The whole model on one image, written a second time in double: encoder, draw, decoder and both
 * terms. Its gradient is by central differences, so that no backward pass is needed here.
 */
public final class DoubleVae {
  /** Errors of about h², 1e-10. */
  private static final double H = 1e-5;

  private final VaeConfig config;
  private final ElementFunction activation;
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
    activation = ElementFunction.valueOf(config.activation().name());
    p =
        vae.parameters().stream()
            .map(parameter -> Doubles.of(parameter.toArray()))
            .toArray(double[][]::new);
  }

  /** The weights, in the order of the model file; to be changed at will. */
  double[][] parameters() {
    return p;
  }

  private double[] layer(int number, double[] x) {
    return Doubles.affine(x, p[2 * number], p[2 * number + 1]);
  }

  private double[] decoderHidden(double[] z) {
    int hidden = config.hiddenSizes().size();
    double[] h = z;
    for (int i = 0; i < hidden; i++) {
      h = Doubles.apply(activation, layer(hidden + 2 + i, h));
    }
    return h;
  }

  private double[] logits(double[] z) {
    return layer(2 * config.hiddenSizes().size() + 2, decoderHidden(z));
  }

  public double[] decode(double[] z) {
    double[] logits = logits(z);
    return config.likelihood() == LikelihoodKind.CONTINUOUS_BERNOULLI
        ? Arrays.stream(logits).map(l -> 1 / -StrictMath.expm1(-l) - 1 / l).toArray()
        : Doubles.apply(ElementFunction.SIGMOID, logits);
  }

  /** Outside training: a calibrated σ² is what the model holds. */
  private double logProb(double[] x, double[] z) {
    int behindOutput = 2 * config.hiddenSizes().size() + 3;
    return switch (config.likelihood()) {
      case BERNOULLI -> Doubles.bernoulli(logits(z), x);
      case CONTINUOUS_BERNOULLI -> Doubles.continuousBernoulli(logits(z), x);
      case GAUSSIAN -> Doubles.gaussian(decode(z), x, 1);
      case CALIBRATED_GAUSSIAN ->
          Doubles.gaussian(decode(z), x, StrictMath.sqrt(p[2 * behindOutput][0]));
      case PIXEL_GAUSSIAN -> {
        double[] head = layer(behindOutput, decoderHidden(z));
        yield Doubles.pixelGaussian(decode(z), Doubles.apply(ElementFunction.BOUND, head), x);
      }
    };
  }

  public Terms terms(double[] x, double[] eps) {
    int hidden = config.hiddenSizes().size();
    double[] h = x;
    for (int i = 0; i < hidden; i++) {
      h = Doubles.apply(activation, layer(i, h));
    }
    double[] mu = layer(hidden, h);
    double[] logVar = Doubles.apply(ElementFunction.BOUND, layer(hidden + 1, h));
    double[] z = Doubles.reparameterize(mu, logVar, eps);
    return new Terms(-logProb(x, z), Doubles.kl(mu, logVar), mu, logVar, decode(mu));
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
