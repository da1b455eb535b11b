package dev.elbo.training;

import dev.elbo.kernel.Kernels;
import dev.elbo.model.Vae;
import dev.elbo.tensor.GradientSink;
import dev.elbo.tensor.Parameter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A moving average of weights (Polyak and Juditsky 1992), taken of the rows that an optimiser has
 * just updated: a ← d·a + (1 − d)·w with d = min(decay, (1 + t)/(10 + t)) at step t, so that the
 * first weights, which are chance, are soon forgotten.
 */
final class AveragedWeights implements GradientSink {
  private final Kernels kernels;
  private final GradientSink optimizer;
  private final double decay;
  private final Vae average;
  private final Map<Parameter, Parameter> averageOf = new IdentityHashMap<>();
  private float keep;
  private float rest;

  /**
   * @param average begins as the trained model is now
   */
  AveragedWeights(Kernels kernels, GradientSink optimizer, Vae trained, Vae average, double decay) {
    this.kernels = kernels;
    this.optimizer = optimizer;
    this.average = average;
    this.decay = decay;
    List<Parameter> weights = trained.parameters();
    for (int i = 0; i < weights.size(); i++) {
      averageOf.put(weights.get(i), average.parameters().get(i));
    }
  }

  /** The model with the averaged weights. */
  Vae average() {
    return average;
  }

  /** Prepares update {@code step} = 1, 2, … */
  void advance(long step) {
    double now = Math.min(decay, (1.0 + step) / (10.0 + step));
    keep = (float) now;
    rest = (float) (1 - now);
  }

  @Override
  public boolean take(Parameter parameter, int from, int to, float[] gradient) {
    boolean finite = optimizer.take(parameter, from, to, gradient);
    Parameter of = averageOf.get(parameter);
    int offset = from * parameter.stride();
    int length = (to - from) * parameter.stride();
    kernels.scale(of.values(), keep, of.values(), offset, length, false);
    kernels.scale(parameter.values(), rest, of.values(), offset, length, true);
    of.changed(from, to);
    return finite;
  }
}
