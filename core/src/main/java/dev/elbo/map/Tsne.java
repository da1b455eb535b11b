package dev.elbo.map;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.Noise;
import java.util.Arrays;
import java.util.Optional;

/**
 * t-SNE (van der Maaten and Hinton 2008) by Barnes and Hut's tree (van der Maaten 2014): a map on
 * which neighbours stay neighbours. Begins at the principal plane, made small (Kobak and Berens
 * 2019), with a little noise of the seed that parts equal points. What far apart lies on it says
 * little.
 *
 * @param map two dimensions
 * @param divergence KL(P‖Q) in nats
 */
public record Tsne(Cloud map, double divergence) {
  /** Deviation of the first axis at the start. */
  private static final double START = 1e-4;

  /** Of that, the reach of the noise. */
  private static final double START_NOISE = 0.01;

  private static final double FIRST_MOMENTUM = 0.5;
  private static final double MOMENTUM = 0.8;
  private static final double GAIN_STEP = 0.2;
  private static final double GAIN_FACTOR = 0.8;
  private static final double LEAST_GAIN = 0.01;

  /**
   * The map, or nothing where the progress ended it; the same for any size of the team.
   *
   * @throws InputException for fewer points than the perplexity asks for
   */
  public static Optional<Tsne> of(
      Cloud space, TsneSettings settings, long seed, Team team, TsneProgress progress) {
    requireEnough(space, settings);
    if (!progress.goesOn(0, settings.iterations(), Double.NaN)) {
      return Optional.empty();
    }
    Neighbours neighbours = Neighbours.of(space, settings.neighbours(), team);
    Affinities affinities =
        Affinities.of(ConditionalAffinities.of(neighbours, settings.perplexity(), team));
    TsneGradient gradient = new TsneGradient(affinities, settings.theta(), team);
    double[] y = start(space, seed);
    double divergence = Double.NaN;
    Descent descent = new Descent(y, settings.learningRate(space.count()));
    for (int iteration = 1; iteration <= settings.iterations(); iteration++) {
      boolean exaggerates = iteration <= settings.exaggerated();
      gradient.fill(y, exaggerates ? settings.exaggeration() : 1, descent.gradient);
      descent.step(exaggerates ? FIRST_MOMENTUM : MOMENTUM);
      boolean isLast = iteration == settings.iterations();
      if (isLast || iteration % TsneProgress.FIGURE_EVERY == 0) {
        divergence = gradient.divergence(y);
      }
      if (!progress.goesOn(iteration, settings.iterations(), divergence) && !isLast) {
        return Optional.empty();
      }
    }
    return Optional.of(new Tsne(new Cloud(space.count(), 2, floats(y)), divergence));
  }

  private static void requireEnough(Cloud space, TsneSettings settings) {
    int least = settings.neighbours() + 1;
    if (space.count() < least) {
      throw new InputException(
          "t-SNE: expected at least %d points at a perplexity of %s, found %d; take more points, or a smaller perplexity"
              .formatted(least, Numbers.text(settings.perplexity()), space.count()));
    }
  }

  private static double[] start(Cloud space, long seed) {
    PrincipalPlane plane = PrincipalPlane.of(space);
    Cloud principal = plane.project(space);
    double deviation = Math.sqrt(plane.variances()[0]);
    double scale = deviation > 0 ? START / deviation : 0;
    Noise noise = Noise.of(seed).at(Noise.Purpose.MAP);
    double[] y = new double[2 * space.count()];
    for (int k = 0; k < y.length; k++) {
      double uniform = 2 * noise.uniform(k) - 1;
      y[k] = scale * principal.values()[k] + START * START_NOISE * uniform;
    }
    return y;
  }

  private static float[] floats(double[] y) {
    float[] floats = new float[y.length];
    for (int k = 0; k < y.length; k++) {
      floats[k] = (float) y[k];
    }
    return floats;
  }

  /** Gradient descent with momentum, and a gain for each coordinate (Jacobs 1988). */
  private static final class Descent {
    private final double[] y;
    private final double[] gradient;
    private final double[] velocity;
    private final double[] gain;
    private final double rate;

    Descent(double[] y, double rate) {
      this.y = y;
      this.rate = rate;
      gradient = new double[y.length];
      velocity = new double[y.length];
      gain = new double[y.length];
      Arrays.fill(gain, 1);
    }

    void step(double momentum) {
      double meanX = 0;
      double meanY = 0;
      for (int k = 0; k < y.length; k++) {
        boolean turns = gradient[k] * velocity[k] > 0;
        gain[k] = turns ? Math.max(LEAST_GAIN, gain[k] * GAIN_FACTOR) : gain[k] + GAIN_STEP;
        velocity[k] = momentum * velocity[k] - rate * gain[k] * gradient[k];
        y[k] += velocity[k];
        meanX += k % 2 == 0 ? y[k] : 0;
        meanY += k % 2 == 1 ? y[k] : 0;
      }
      int points = y.length / 2;
      for (int i = 0; i < points; i++) {
        y[2 * i] -= meanX / points;
        y[2 * i + 1] -= meanY / points;
      }
    }
  }
}
