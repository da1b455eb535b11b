package dev.elbo.tensor;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reverse-mode differentiation of a batch: operations are recorded once, then replayed on buffers
 * that the tape owns, so that a step leaves no garbage.
 *
 * <p>All operations work row by row, so a replay is two phases with a barrier between: ranges of
 * rows go forward and backward through every operation, then ranges of each parameter's rows get
 * their gradient (a sum over the batch, in order) and hand it to a sink. Neither the ranges nor the
 * number of threads enters the bits.
 */
public final class Tape {
  private static final int LARGEST_CHUNK = 32;

  private final int capacity;
  private final Kernels kernels;
  private final Team team;
  private final List<Operation> operations = new ArrayList<>();

  /** Those that the loss depends on, last first. */
  private final List<Operation> backward = new ArrayList<>();

  private final ParameterGradients parameterGradients;
  private final AtomicInteger nextRow = new AtomicInteger();
  private final Team.Job forwardJob = worker -> sweepRows(false);
  private final Team.Job stepJob = this::stepOf;
  private Tensor loss;
  private int rows;
  private int chunk;
  private GradientSink sink;

  /**
   * @param capacity the most rows that a replay may have
   */
  public Tape(int capacity, Kernels kernels, Team team) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity (=" + capacity + ") must be at least 1");
    }
    this.capacity = capacity;
    this.kernels = kernels;
    this.team = team;
    this.parameterGradients = new ParameterGradients(kernels, team.size(), paddedRows());
  }

  public int capacity() {
    return capacity;
  }

  int paddedRows() {
    return (capacity + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE;
  }

  Kernels kernels() {
    return kernels;
  }

  /** [rows, columns] that are given anew for each replay. */
  public Tensor input(String name, int columns, RowSource source) {
    Tensor input = tensor(name, columns, false);
    if (source instanceof SparseRowSource sparse && sparse.isSparse()) {
      input.countNonZeros();
    }
    return record(new InputRows(input, source));
  }

  /** x·W + b, [rows, out]. */
  public Tensor affine(String name, Tensor x, Parameter weight, Parameter bias) {
    Shapes.requireMatrix(x);
    Tensor y = tensor(name, weight.columns(), true);
    parameterGradients.use(weight, x, y);
    parameterGradients.use(bias, x, y);
    return record(new Affine(kernels, x, weight, bias, y));
  }

  /** f of every element, [rows, columns]. */
  public Tensor apply(String name, ElementFunction f, Tensor x) {
    Shapes.requireMatrix(x);
    return record(new Elementwise(kernels, f, x, tensor(name, x.columns(), x.trainable())));
  }

  /** mu + e^(logVar/2)·eps with eps ~ N(0, 1) of the row's noise, [rows, columns]. */
  public Tensor reparameterize(String name, Tensor mu, Tensor logVar, RowNoise noise) {
    Shapes.requireAlike(mu, logVar);
    boolean trainable = mu.trainable() || logVar.trainable();
    Tensor z = tensor(name, mu.columns(), trainable);
    return record(new Reparameterization(kernels, mu, logVar, noise, z));
  }

  /** KL(N(mu, e^logVar) ‖ N(0, 1)), summed over columns, [rows]. */
  public Tensor klToStandardNormal(String name, Tensor mu, Tensor logVar) {
    Shapes.requireAlike(mu, logVar);
    boolean trainable = mu.trainable() || logVar.trainable();
    return record(new KlToStandardNormal(kernels, mu, logVar, scalarRows(name, trainable)));
  }

  /** log p(x) under independent Bernoullis with these logits, summed over columns, [rows]. */
  public Tensor bernoulliLogProb(String name, Tensor logits, Tensor x) {
    Shapes.requireAlike(logits, x);
    Shapes.requireData(x, this);
    return record(new BernoulliLogProb(kernels, logits, x, scalarRows(name, logits.trainable())));
  }

  /** log p(x) under independent N(mean, σ²), summed over columns, [rows]. */
  public Tensor gaussianLogProb(String name, Tensor mean, Tensor x, double sigma) {
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    Tensor out = scalarRows(name, mean.trainable());
    return record(new GaussianLogProb(kernels, mean, x, sigma, out));
  }

  /** Σᵢ coefficientᵢ·termᵢ of scalar rows, [rows]. */
  public Tensor weightedSum(String name, List<Tensor> terms, List<Scalar> coefficients) {
    boolean trainable = terms.stream().anyMatch(Tensor::trainable);
    return record(new WeightedSum(terms, coefficients, scalarRows(name, trainable)));
  }

  /** Σⱼ (xⱼ − meanⱼ)², [rows]. */
  public Tensor squaredError(String name, Tensor mean, Tensor x) {
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    return record(new SquaredError(kernels, mean, x, scalarRows(name, mean.trainable())));
  }

  /** log p under N(mean, variance) of squared errors [rows] over so many pixels, [rows]. */
  public Tensor calibratedGaussianLogProb(
      String name, Tensor squaredError, Scalar variance, int pixels) {
    Shapes.requireScalarRows(squaredError);
    Tensor out = scalarRows(name, squaredError.trainable());
    return record(new CalibratedGaussianLogProb(squaredError, variance, pixels, out));
  }

  /** log p(x) under independent N(mean, e^logVar), summed over columns, [rows]. */
  public Tensor pixelGaussianLogProb(String name, Tensor mean, Tensor logVar, Tensor x) {
    Shapes.requireAlike(mean, logVar);
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    Tensor out = scalarRows(name, mean.trainable() || logVar.trainable());
    return record(new PixelGaussianLogProb(kernels, mean, logVar, x, out));
  }

  /** log p(x) under continuous Bernoullis with these logits, summed over columns, [rows]. */
  public Tensor continuousBernoulliLogProb(String name, Tensor logits, Tensor x) {
    Shapes.requireAlike(logits, x);
    Shapes.requireData(x, this);
    Tensor out = scalarRows(name, logits.trainable());
    return record(new ContinuousBernoulliLogProb(kernels, logits, x, out));
  }

  /** E[x] of continuous Bernoullis with these logits, [rows, columns]; without a gradient. */
  public Tensor continuousBernoulliMean(String name, Tensor logits) {
    Shapes.requireMatrix(logits);
    Tensor out = tensor(name, logits.columns(), logits.trainable());
    return record(new ContinuousBernoulliMean(kernels, logits, out));
  }

  private Tensor tensor(String name, int columns, boolean trainable) {
    return new Tensor(this, name, columns, false, trainable);
  }

  private Tensor scalarRows(String name, boolean trainable) {
    return new Tensor(this, name, 1, true, trainable);
  }

  private Tensor record(Operation operation) {
    for (Tensor input : operation.inputs()) {
      if (input.tape() != this) {
        throw new IllegalArgumentException(input.name() + " belongs to another tape");
      }
    }
    operations.add(operation);
    return operation.output();
  }

  /** From now on {@link #step} lowers the mean over rows of this tensor, [rows]. */
  public void minimize(Tensor target) {
    if (target.tape() != this || target.stride() != 1 || !target.trainable()) {
      throw new IllegalArgumentException(
          target.name() + " must be one number a row of this tape, and depend on a parameter");
    }
    if (loss != null) {
      throw new IllegalStateException("a tape minimises one loss, and has " + loss.name());
    }
    loss = target;
    loss.wantGradient();
    Set<Tensor> written = new HashSet<>(Set.of(loss));
    for (int i = operations.size() - 1; i >= 0; i--) {
      if (!written.contains(operations.get(i).output())) {
        continue;
      }
      backward.add(operations.get(i));
      List<Tensor> inputs = operations.get(i).inputs();
      boolean[] adds = new boolean[inputs.size()];
      for (int j = 0; j < adds.length; j++) {
        if (inputs.get(j).trainable()) {
          adds[j] = !written.add(inputs.get(j));
          inputs.get(j).wantGradient();
        }
      }
      operations.get(i).wantGradients(adds);
    }
    parameterGradients.plan();
  }

  /** Computes every tensor for the first {@code rows} rows. */
  public void forward(int rows) {
    start(rows);
    team.run(forwardJob);
  }

  /**
   * Forward, backward, and every parameter's gradient to the sink.
   *
   * @throws NonFiniteException where the loss or a value that the sink makes is not finite; in the
   *     first case no parameter has changed
   */
  public void step(int rows, GradientSink sink) {
    if (loss == null) {
      throw new IllegalStateException("minimize(…) must come before step(…)");
    }
    start(rows);
    this.sink = sink;
    team.run(stepJob);
    if (!lossIsFinite() || !parameterGradients.finite()) {
      throw nonFinite();
    }
  }

  private void start(int rows) {
    if (rows < 1 || rows > capacity) {
      throw new IllegalArgumentException(
          "rows (=%d) must be from 1 to %d".formatted(rows, capacity));
    }
    this.rows = rows;
    int share = (rows + 2 * team.size() - 1) / (2 * team.size());
    chunk = Math.min(LARGEST_CHUNK, (share + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE);
    nextRow.set(0);
    parameterGradients.rewind();
  }

  private void stepOf(int worker) {
    sweepRows(true);
    team.barrier();
    // Every worker looks for itself: the same values, so the same answer, and no second barrier.
    if (lossIsFinite()) {
      parameterGradients.sweep(worker, rows, sink);
    }
  }

  private void sweepRows(boolean learning) {
    for (int from = nextRow.getAndAdd(chunk); from < rows; from = nextRow.getAndAdd(chunk)) {
      int to = Math.min(rows, from + chunk);
      for (int i = 0; i < operations.size(); i++) {
        operations.get(i).forward(from, to, learning);
      }
      if (learning) {
        float share = 1f / rows;
        for (int row = from; row < to; row++) {
          loss.gradient()[row] = share;
        }
        for (int i = 0; i < backward.size(); i++) {
          backward.get(i).backward(from, to);
        }
      }
    }
  }

  private boolean lossIsFinite() {
    float[] values = loss.values();
    float sum = 0f;
    for (int row = 0; row < rows; row++) {
      sum = Math.fma(values[row], 0f, sum);
    }
    return sum == 0f;
  }

  /** Names the first value of the last replay that is not finite, for whoever met one. */
  public NonFiniteException nonFinite() {
    return new NonFiniteException(firstNonFinite());
  }

  /**
   * The first value that went bad in the last step. With a sound loss it is a gradient, met on the
   * way back, or what the sink made of it; else a value on the way there.
   */
  private String firstNonFinite() {
    Optional<String> found = loss != null && lossIsFinite() ? badGradient() : Optional.empty();
    return found.or(this::badValue).orElse("an optimiser moment");
  }

  private Optional<String> badValue() {
    for (Operation operation : operations) {
      Tensor output = operation.output();
      Optional<String> found =
          Finiteness.describeParameters(operation)
              .or(() -> Finiteness.describe(output.name(), output.values(), rows, output));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> badGradient() {
    for (Operation operation : backward) {
      Tensor output = operation.output();
      String name = "the gradient of " + output.name();
      Optional<String> found = Finiteness.describe(name, output.gradient(), rows, output);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
