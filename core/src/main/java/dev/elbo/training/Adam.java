package dev.elbo.training;

import dev.elbo.kernel.AdamScalars;
import dev.elbo.kernel.Kernels;
import dev.elbo.model.Config;
import dev.elbo.model.OptimizerConfig;
import dev.elbo.tensor.GradientSink;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019), which before it takes rate·λ
 * of every parameter away; a sink that updates rows of a parameter while their gradient is hot.
 */
public final class Adam implements GradientSink {

  /** The running means of the gradient and of its square, [rows, stride] as the parameter. */
  record Moments(Parameter first, Parameter second) {}

  private final Kernels kernels;
  private final AdamScalars scalars;
  private final double weightDecay;
  private final Map<Parameter, Moments> moments = new IdentityHashMap<>();
  private final List<Parameter> order;

  /** What a step leaves of a weight before its update. */
  private float kept;

  /** With the values of the paper. */
  public Adam(Kernels kernels, List<Parameter> parameters) {
    this(kernels, parameters, Config.DEFAULT.optimizer());
  }

  public Adam(Kernels kernels, List<Parameter> parameters, OptimizerConfig config) {
    this.kernels = kernels;
    this.scalars = new AdamScalars(config.beta1(), config.beta2(), config.epsilon());
    this.weightDecay = config.weightDecay();
    this.order = List.copyOf(parameters);
    for (Parameter parameter : order) {
      moments.put(
          parameter, new Moments(parameter.like("adam.first."), parameter.like("adam.second.")));
    }
  }

  /** The state, as parameters of the same shapes: for each parameter its two moments. */
  public List<Parameter> state() {
    List<Parameter> state = new ArrayList<>();
    for (Parameter parameter : order) {
      Moments of = moments.get(parameter);
      state.add(of.first());
      state.add(of.second());
    }
    return state;
  }

  /** Prepares update {@code step} = 1, 2, … */
  public void advance(long step, double learningRate) {
    scalars.advance(step, learningRate);
    kept = (float) (1 - learningRate * weightDecay);
  }

  @Override
  public boolean take(Parameter parameter, int from, int to, float[] gradient) {
    Moments of = moments.get(parameter);
    int stride = parameter.stride();
    if (weightDecay > 0) {
      float[] values = parameter.values();
      kernels.scale(values, kept, values, from * stride, (to - from) * stride, false);
    }
    boolean finite =
        kernels.adam(
            parameter.values(),
            of.first().values(),
            of.second().values(),
            from * stride,
            gradient,
            0,
            (to - from) * stride,
            scalars);
    parameter.changed(from, to);
    return finite;
  }
}
