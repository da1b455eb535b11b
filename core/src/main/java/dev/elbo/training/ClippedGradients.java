package dev.elbo.training;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.GradientSink;
import dev.elbo.tensor.Parameter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gradients kept until all are there, then scaled so that the norm of them together is at most a
 * bound (Pascanu, Mikolov and Bengio 2013), and handed on. Squares are summed in double, row by row
 * of a parameter and then over the rows in order, so that no thread enters the norm; where it is
 * within the bound, the sink behind gets the same bits as without this one.
 */
final class ClippedGradients implements GradientSink {
  /** Rows handed on at once; they are then in the first-level cache. */
  private static final int PANEL = 16;

  /** The gradient of a parameter, [rows, stride], and the sum of squares of each row. */
  private record Kept(Parameter parameter, float[] values, double[] squares) {}

  private record Panel(Kept kept, int from, int to) {}

  private final Kernels kernels;
  private final Team team;
  private final GradientSink next;
  private final double bound;
  private final Map<Parameter, Kept> kept = new IdentityHashMap<>();
  private final List<Kept> order = new ArrayList<>();
  private final List<Panel> panels = new ArrayList<>();
  private final AtomicInteger nextPanel = new AtomicInteger();
  private final Team.Job job = this::handOnPanels;
  private final float[][] scratch;
  private float factor;
  private volatile boolean finite;

  ClippedGradients(
      Kernels kernels, Team team, List<Parameter> parameters, double bound, GradientSink next) {
    this.kernels = kernels;
    this.team = team;
    this.next = next;
    this.bound = bound;
    int widest = 0;
    for (Parameter parameter : parameters) {
      int rows = parameter.rows();
      Kept of = new Kept(parameter, new float[rows * parameter.stride()], new double[rows]);
      kept.put(parameter, of);
      order.add(of);
      for (int from = 0; from < rows; from += PANEL) {
        int to = Math.min(rows, from + PANEL);
        panels.add(new Panel(of, from, to));
      }
      widest = Math.max(widest, parameter.stride());
    }
    scratch = new float[team.size()][PANEL * widest];
  }

  @Override
  public boolean take(Parameter parameter, int from, int to, float[] gradient) {
    Kept of = kept.get(parameter);
    int stride = parameter.stride();
    System.arraycopy(gradient, 0, of.values, from * stride, (to - from) * stride);
    for (int row = from; row < to; row++) {
      double sum = 0;
      for (int j = row * stride; j < row * stride + parameter.columns(); j++) {
        sum += (double) of.values[j] * of.values[j];
      }
      of.squares[row] = sum;
    }
    return true;
  }

  /**
   * Hands all on; to be called after the step that filled this.
   *
   * @return whether the norm and every value that came out are finite; with a bad norm nothing is
   *     handed on
   */
  boolean handOn() {
    double norm = norm();
    if (!Double.isFinite(norm)) {
      return false;
    }
    factor = norm > bound ? (float) (bound / norm) : 1f;
    finite = true;
    nextPanel.set(0);
    team.run(job);
    return finite;
  }

  private double norm() {
    double sum = 0;
    for (int i = 0; i < order.size(); i++) {
      double[] squares = order.get(i).squares;
      for (int row = 0; row < squares.length; row++) {
        sum += squares[row];
      }
    }
    return StrictMath.sqrt(sum);
  }

  private void handOnPanels(int worker) {
    float[] scaled = scratch[worker];
    for (int i = nextPanel.getAndIncrement(); i < panels.size(); i = nextPanel.getAndIncrement()) {
      Panel panel = panels.get(i);
      int stride = panel.kept.parameter.stride();
      int length = (panel.to - panel.from) * stride;
      System.arraycopy(panel.kept.values, panel.from * stride, scaled, 0, length);
      if (factor != 1f) {
        kernels.scale(scaled, factor, scaled, 0, length, false);
      }
      if (!next.take(panel.kept.parameter, panel.from, panel.to, scaled)) {
        finite = false;
      }
    }
  }
}
