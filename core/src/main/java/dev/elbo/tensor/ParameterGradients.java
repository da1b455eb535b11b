package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The second phase of a step: dW = Σ over uses of xᵀ·dy and db = Σ over rows of dy, a few rows of a
 * parameter at a time, handed to the sink while they are in the first-level cache. A parameter that
 * is used twice gets the sum, in the order of use.
 */
final class ParameterGradients {
  /** Rows of a weight in one piece of work; a multiple of the kernels' tile. */
  private static final int PANEL = 16;

  private record Use(Tensor x, Matrix transposedX, Tensor y) {}

  private record Piece(Parameter parameter, List<Use> uses, int from, int to) {
    long cost() {
      return (long) (to - from) * parameter.stride() * uses.size();
    }
  }

  private final Kernels kernels;
  private final float[][] scratch;
  private final int[][] lists;
  private final Map<Parameter, List<Use>> uses = new LinkedHashMap<>();
  private final AtomicInteger[] next;
  private Piece[] pieces = {};
  private Matrix[][] panels = {};
  private volatile boolean finite;

  /**
   * @param rows the most rows of a batch
   */
  ParameterGradients(Kernels kernels, int workers, int rows) {
    this.kernels = kernels;
    this.scratch = new float[workers][];
    this.lists = new int[workers][rows + Kernels.TILE];
    this.next = new AtomicInteger[workers];
    Arrays.setAll(next, worker -> new AtomicInteger());
  }

  /** A parameter whose rows are those of y: its gradient is dy itself. */
  void useRows(Parameter parameter, Tensor y) {
    uses.computeIfAbsent(parameter, p -> new ArrayList<>()).add(new Use(null, null, y));
  }

  void use(Parameter parameter, Tensor x, Tensor y) {
    uses.computeIfAbsent(parameter, p -> new ArrayList<>())
        .add(new Use(x, x.matrix().transposed(), y));
  }

  /** Cuts the work into pieces, the dearest first, dealt to the workers in turn. */
  void plan() {
    List<Piece> all = new ArrayList<>();
    int widest = 0;
    for (Map.Entry<Parameter, List<Use>> entry : uses.entrySet()) {
      Parameter parameter = entry.getKey();
      List<Use> reached =
          entry.getValue().stream().filter(use -> use.y().gradient() != null).toList();
      if (reached.isEmpty()) {
        continue;
      }
      widest = Math.max(widest, parameter.stride());
      for (int from = 0; from < parameter.rows(); from += PANEL) {
        int to = Math.min(parameter.rows(), from + PANEL);
        all.add(new Piece(parameter, reached, from, to));
      }
    }
    all.sort(Comparator.comparingLong(Piece::cost).reversed());
    pieces = all.toArray(Piece[]::new);
    panels = new Matrix[scratch.length][pieces.length];
    for (int worker = 0; worker < scratch.length; worker++) {
      scratch[worker] = new float[PANEL * widest];
      for (int i = 0; i < pieces.length; i++) {
        panels[worker][i] = Matrix.of(scratch[worker], pieces[i].parameter().stride());
      }
    }
  }

  void rewind() {
    for (int worker = 0; worker < next.length; worker++) {
      next[worker].set(worker);
    }
    finite = true;
  }

  boolean finite() {
    return finite;
  }

  /**
   * A worker does its own share first, the same in every step, whose weights and moments are in its
   * cache; then it helps the others.
   */
  void sweep(int worker, int images, GradientSink sink) {
    for (int i = 0; i < next.length; i++) {
      AtomicInteger share = next[(worker + i) % next.length];
      for (int piece = share.getAndAdd(next.length);
          piece < pieces.length;
          piece = share.getAndAdd(next.length)) {
        compute(pieces[piece], panels[worker][piece], lists[worker], images, sink);
      }
    }
  }

  private void compute(Piece piece, Matrix panel, int[] list, int images, GradientSink sink) {
    for (int u = 0; u < piece.uses().size(); u++) {
      Use use = piece.uses().get(u);
      gradient(piece, use, use.y().axis().count(images), panel, u > 0, list);
    }
    if (!sink.take(piece.parameter(), piece.from(), piece.to(), panel.values())) {
      finite = false;
    }
  }

  private void gradient(Piece piece, Use use, int rows, Matrix panel, boolean adds, int[] list) {
    Parameter parameter = piece.parameter();
    Matrix dy = use.y().gradientMatrix();
    if (use.x() == null) {
      int stride = parameter.stride();
      int length = (piece.to() - piece.from()) * stride;
      kernels.latent().copy(dy.values(), piece.from() * stride, panel.values(), 0, length, adds);
    } else if (!parameter.isWeight()) {
      kernels.sumRows(rows, parameter.columns(), dy, panel.values(), 0, adds);
    } else if (use.x().nonZeros() != null && !adds) {
      gradientWithoutZeros(piece, use, rows, panel, list);
    } else {
      kernels.multiply(
          piece.to() - piece.from(),
          parameter.columns(),
          rows,
          use.transposedX(),
          piece.from(),
          dy,
          panel,
          0,
          adds ? panel : null);
    }
  }

  private void gradientWithoutZeros(Piece piece, Use use, int rows, Matrix panel, int[] list) {
    Tensor x = use.x();
    int stride = piece.parameter().stride();
    for (int i = piece.from(); i < piece.to(); i++) {
      int count = x.nonZeros().listRows(kernels, i, rows, list);
      kernels.multiplyListed(
          piece.parameter().columns(),
          list,
          0,
          count,
          x.values(),
          i,
          x.stride(),
          use.y().gradientMatrix(),
          panel.values(),
          (i - piece.from()) * stride,
          null);
    }
  }
}
