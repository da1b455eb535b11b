package dev.elbo.tensor;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Reverse-mode differentiation of a batch: operations are recorded once, then replayed on buffers
 * that the tape owns, so that a step leaves no garbage.
 *
 * <p>Operations work row by row, so a replay is two phases with a barrier between: ranges of rows
 * go forward and backward through every operation, then ranges of each parameter's rows get their
 * gradient (a sum over the batch, in order) and hand it to a sink. An operation that reads across
 * rows splits the first phase; see {@link Replay}. Neither the ranges nor the number of threads
 * enters the bits.
 */
public final class Tape {
  private final int capacity;
  private final Kernels kernels;
  private final Team team;
  private final List<Operation> operations = new ArrayList<>();
  private final Replay replay;
  private final ParameterGradients parameterGradients;
  private final Team.Job forwardJob = worker -> forwardOf();
  private final Team.Job stepJob = this::stepOf;
  private Tensor loss;

  /** Whether parameters are being recorded as constants. */
  private boolean fixed;

  private int rows;
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
    this.replay = new Replay(team);
    int paddedRows = RowAxis.IMAGES.padded(capacity);
    this.parameterGradients = new ParameterGradients(kernels, team.size(), paddedRows);
  }

  public int capacity() {
    return capacity;
  }

  /** [rows, columns] that are given anew for each replay. */
  public Tensor input(String name, int columns, RowSource source) {
    Tensor input = Tensor.matrix(this, name, RowAxis.IMAGES, columns, false);
    if (source instanceof SparseRowSource sparse && sparse.isSparse()) {
      input.countNonZeros();
    }
    return record(new InputRows(input, source));
  }

  /** Rows that are the same in every replay, [rows in all, columns]. */
  public Tensor constant(String name, int rows, int columns, float[] values) {
    return record(Constant.of(this, name, rows, columns, values));
  }

  /** x·W + b, [rows, out]. */
  public Tensor affine(String name, Tensor x, Parameter weight, Parameter bias) {
    Shapes.requireMatrix(x);
    Tensor y = x.withColumns(name, weight.columns(), !fixed || x.trainable());
    if (!fixed) {
      parameterGradients.use(weight, x, y);
      parameterGradients.use(bias, x, y);
    }
    return record(new Affine(kernels, x, weight, bias, y));
  }

  /** Records layers through which gradients pass to what they are of, but not to their weights. */
  public <T> T withFixedWeights(Supplier<T> recording) {
    fixed = true;
    try {
      return recording.get();
    } finally {
      fixed = false;
    }
  }

  /** f of every element, [rows, columns]. */
  public Tensor apply(String name, ElementFunction f, Tensor x) {
    Shapes.requireMatrix(x);
    return record(new Elementwise(kernels, f, x, x.withColumns(name, x.columns(), x.trainable())));
  }

  /** mu + e^(logVar/2)·eps with eps ~ N(0, 1) of the row's noise, [rows, columns]. */
  public Tensor reparameterize(String name, Tensor mu, Tensor logVar, RowNoise noise) {
    Shapes.requireAlike(mu, logVar);
    Tensor z = mu.withColumns(name, mu.columns(), Tensor.anyTrainable(mu, logVar));
    return record(new Reparameterization(kernels, mu, logVar, noise, z));
  }

  /** KL(N(mu, e^logVar) ‖ N(0, 1)), summed over columns, [rows]. */
  public Tensor klToStandardNormal(String name, Tensor mu, Tensor logVar) {
    Shapes.requireAlike(mu, logVar);
    Tensor kl = mu.asNumbers(name, Tensor.anyTrainable(mu, logVar));
    return record(new KlToStandardNormal(kernels, mu, logVar, kl));
  }

  /**
   * log p(x) = Σⱼ xⱼ·lⱼ − ln(1 + e^lⱼ) under independent Bernoullis with logits l, [rows]. For grey
   * x in [0, 1] it is minus the cross-entropy, and no log-likelihood.
   */
  public Tensor bernoulliLogProb(String name, Tensor logits, Tensor x) {
    return logitsLogProb(name, kernels::bernoulli, logits, x);
  }

  private Tensor logitsLogProb(String name, LogitsLogProb.Terms terms, Tensor logits, Tensor x) {
    Shapes.requireAlike(logits, x);
    Shapes.requireData(x, this);
    Tensor out = logits.asNumbers(name, logits.trainable());
    return record(new LogitsLogProb(kernels, terms, logits, x, out));
  }

  /** log p(x) under independent N(mean, σ²), summed over columns, [rows]. */
  public Tensor gaussianLogProb(String name, Tensor mean, Tensor x, double sigma) {
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    Tensor out = mean.asNumbers(name, mean.trainable());
    return record(new GaussianLogProb(kernels, mean, x, sigma, out));
  }

  /** Σᵢ coefficientᵢ·termᵢ of scalar rows, [rows]. */
  public Tensor weightedSum(String name, List<Tensor> terms, List<Scalar> coefficients) {
    terms.forEach(term -> Shapes.requireSameRows(term, terms.get(0)));
    boolean trainable = Tensor.anyTrainable(terms.toArray(Tensor[]::new));
    return record(new WeightedSum(terms, coefficients, terms.get(0).asNumbers(name, trainable)));
  }

  /** Σⱼ (xⱼ − meanⱼ)², [rows]. */
  public Tensor squaredError(String name, Tensor mean, Tensor x) {
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    return record(new SquaredError(kernels, mean, x, mean.asNumbers(name, mean.trainable())));
  }

  /**
   * log p under N(mean, variance) of squared errors [rows] over so many pixels, [rows]; the
   * variance is [1 in all].
   */
  public Tensor calibratedGaussianLogProb(
      String name, Tensor squaredError, Tensor variance, int pixels) {
    Shapes.requireNumbers(squaredError);
    Tensor out = squaredError.asNumbers(name, squaredError.trainable());
    return record(new CalibratedGaussianLogProb(squaredError, variance, pixels, out));
  }

  /**
   * In a step the best variance for the batch, max(least, mean over rows and pixels), [1 in all],
   * which the parameter then holds; otherwise the parameter. No gradient passes.
   */
  public Tensor batchVariance(
      String name, Tensor squaredError, int pixels, double least, Parameter held) {
    return record(BatchVariance.of(name, squaredError, pixels, least, held));
  }

  /** log p(x) under independent N(mean, e^logVar), summed over columns, [rows]. */
  public Tensor pixelGaussianLogProb(String name, Tensor mean, Tensor logVar, Tensor x) {
    Shapes.requireAlike(mean, logVar);
    Shapes.requireAlike(mean, x);
    Shapes.requireData(x, this);
    Tensor out = mean.asNumbers(name, Tensor.anyTrainable(mean, logVar));
    return record(new PixelGaussianLogProb(kernels, mean, logVar, x, out));
  }

  /** log p(x) = Σⱼ xⱼ·lⱼ − ln((e^lⱼ − 1)/lⱼ) under continuous Bernoullis with logits l, [rows]. */
  public Tensor continuousBernoulliLogProb(String name, Tensor logits, Tensor x) {
    return logitsLogProb(name, kernels::continuousBernoulli, logits, x);
  }

  /** E[x] of continuous Bernoullis with these logits, [rows, columns]; without a gradient. */
  public Tensor continuousBernoulliMean(String name, Tensor logits) {
    Shapes.requireMatrix(logits);
    Tensor out = logits.withColumns(name, logits.columns(), logits.trainable());
    return record(new ContinuousBernoulliMean(kernels, logits, out));
  }

  /** Each row k times, one after another: k samples of an image, [rows·k, columns] or [rows·k]. */
  public Tensor repeatRows(String name, Tensor x, int k) {
    return k == 1 ? x : record(RepeatRows.of(kernels, name, x, k));
  }

  /** ln of the mean of eˣ over each k rows, [rows·k] to [rows]. */
  public Tensor logMeanExp(String name, Tensor x, int k) {
    return record(LogMeanExp.of(name, x, k));
  }

  /** eˣ over its sum in each k rows, [rows·k]; no gradient passes. */
  public Tensor normalizedWeights(String name, Tensor x, int k) {
    return record(NormalizedWeights.of(name, x, k));
  }

  /** The mean over each k rows, [rows·k] to [rows]. */
  public Tensor meanOfSamples(String name, Tensor x, int k) {
    return record(MeanOfSamples.of(name, x, k));
  }

  /** The same values as data: no gradient passes. */
  public Tensor stopGradient(Tensor x) {
    return x.trainable() ? record(new StopGradient(x, x.sharing(false))) : x;
  }

  /** The same values; the gradient of each row is multiplied on its way back. */
  public Tensor scaleGradient(Tensor x, GradientScale scale) {
    return record(new ScaleGradient(kernels, x, scale, x.sharing(x.trainable())));
  }

  /** Rows side by side, [rows, sum of columns]. */
  public Tensor concat(String name, List<Tensor> parts) {
    return record(Concatenation.of(kernels, name, parts));
  }

  /** Columns [from, to), [rows, to − from]. */
  public Tensor slice(String name, Tensor x, int from, int to) {
    return record(Slice.of(kernels, name, x, from, to));
  }

  /** a·b, element by element, [rows, columns]. */
  public Tensor product(String name, Tensor a, Tensor b) {
    return record(Product.of(kernels, name, a, b));
  }

  /** −log of the probability that the softmax of the logits gives to the row's label, [rows]. */
  public Tensor softmaxCrossEntropy(String name, Tensor logits, IntUnaryOperator labelOfRow) {
    return record(SoftmaxCrossEntropy.of(kernels, name, logits, labelOfRow));
  }

  /** log N(z; mu, e^logVar), summed over columns, [rows]. */
  public Tensor gaussianLogDensity(String name, Tensor z, Tensor mu, Tensor logVar) {
    return record(GaussianLogDensity.of(kernels, name, z, mu, logVar));
  }

  /** log N(z; 0, 1), summed over columns, [rows]. */
  public Tensor standardNormalLogDensity(String name, Tensor z) {
    return record(StandardNormalLogDensity.of(kernels, name, z));
  }

  /** KL(N(mu, e^logVar) ‖ N(0, 1)) of each column, [rows, columns]. */
  public Tensor klByDimension(String name, Tensor mu, Tensor logVar) {
    return record(KlByDimension.of(kernels, name, mu, logVar));
  }

  /** A weight [in, out] as rows of data, [in in all, out]: inputs that training changes. */
  public Tensor parameterRows(Parameter weight) {
    Tensor rowsOfIt = Tensor.ofParameter(this, weight);
    parameterGradients.useRows(weight, rowsOfIt);
    return record(new ParameterRows(weight, rowsOfIt));
  }

  /** log (1/K) Σₖ N(z; muₖ, e^logVarₖ) with K components [K in all, columns], [rows]. */
  public Tensor mixtureLogDensity(String name, Tensor z, Tensor mu, Tensor logVar) {
    MixtureTable table = MixtureTable.of(kernels.latent(), mu, logVar);
    record(table);
    return record(MixtureLogDensity.of(kernels.latent(), name, z, table));
  }

  /** The mean over the rows of a batch, [1, columns] or [1]; all of them must be there first. */
  public Tensor meanOverBatch(String name, Tensor x) {
    return record(MeanOverBatch.of(kernels.latent(), name, x));
  }

  /**
   * Each row's sum of columns, where a column whose mean over the batch is not above {@code free}
   * counts as {@code free}, [rows].
   */
  public Tensor freeNats(String name, Tensor kl, double free) {
    Tensor mean = meanOverBatch(kl.name() + ", mean", stopGradient(kl));
    return record(FreeNats.of(name, kl, mean, free));
  }

  private Tensor record(Operation operation) {
    for (Tensor input : operation.inputs()) {
      if (input.tape() != this) {
        throw new IllegalArgumentException(input.name() + " belongs to another tape");
      }
    }
    operations.add(operation);
    replay.add(operation);
    return operation.output();
  }

  /** From now on {@link #step} lowers the mean over rows of this tensor, [rows]. */
  public void minimize(Tensor target) {
    if (target.tape() != this
        || target.stride() != 1
        || !target.trainable()
        || !target.axis().equals(RowAxis.IMAGES)) {
      throw new IllegalArgumentException(
          target.name() + " must be one number a row of this tape, and depend on a parameter");
    }
    if (loss != null) {
      throw new IllegalStateException("a tape minimises one loss, and has " + loss.name());
    }
    loss = target;
    replay.addBackward(loss, new BackwardOrder(operations, loss).parts());
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
    replay.start(rows);
    parameterGradients.rewind();
  }

  private void forwardOf() {
    replay.run(false);
  }

  private void stepOf(int worker) {
    replay.run(true);
    team.barrier();
    // Every worker looks for itself: the same values, so the same answer, and no second barrier.
    if (lossIsFinite()) {
      parameterGradients.sweep(worker, rows, sink);
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
    boolean onTheWayBack = loss != null && lossIsFinite();
    return new NonFiniteException(Finiteness.first(operations, rows, onTheWayBack));
  }
}
