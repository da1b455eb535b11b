package dev.elbo.training;

import dev.elbo.kernel.AdamScalars;
import dev.elbo.kernel.Kernels;
import dev.elbo.tensor.GradientSink;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) with β₁ 0.9, β₂ 0.999, ε 1e-8; a sink that updates rows of a parameter
 * while their gradient is hot.
 */
public final class Adam implements GradientSink {
  public static final double BETA1 = 0.9;
  public static final double BETA2 = 0.999;
  public static final double EPSILON = 1e-8;

  /** The running means of the gradient and of its square, [rows, stride] as the parameter. */
  record Moments(Parameter first, Parameter second) {}

  private final Kernels kernels;
  private final AdamScalars scalars = new AdamScalars(BETA1, BETA2, EPSILON);
  private final Map<Parameter, Moments> moments = new IdentityHashMap<>();
  private final List<Parameter> order;

  public Adam(Kernels kernels, List<Parameter> parameters) {
    this.kernels = kernels;
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
  }

  @Override
  public boolean take(Parameter parameter, int from, int to, float[] gradient) {
    Moments of = moments.get(parameter);
    int stride = parameter.stride();
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
