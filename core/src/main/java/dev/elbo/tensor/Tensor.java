package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;

/**
 * A value on a tape: rows for every image of the batch, [rows, columns], or one number a row,
 * [rows]. The rows are padded to {@link #stride} floats, and what lies in the padding is zero.
 *
 * <p>Most tensors have a row for an image. Those of several samples have so many, one after
 * another; a few have rows of their own, whatever the batch.
 */
public final class Tensor {
  private final Tape tape;
  private final String name;
  private final RowAxis axis;
  private final int columns;
  private final int stride;
  private final float[] values;
  private final Matrix matrix;
  private final boolean trainable;
  private NonZeros nonZeros;
  private float[] gradient;
  private Matrix gradientMatrix;
  private int phase;

  private Tensor(
      Tape tape,
      String name,
      RowAxis axis,
      int columns,
      int stride,
      float[] values,
      boolean trainable) {
    this.tape = tape;
    this.name = name;
    this.axis = axis;
    this.columns = columns;
    this.stride = stride;
    this.values = values;
    this.matrix = Matrix.of(values, stride);
    this.trainable = trainable;
  }

  /** [rows, columns]. */
  static Tensor matrix(Tape tape, String name, RowAxis axis, int columns, boolean trainable) {
    int stride = Kernels.padded(columns);
    float[] values = new float[axis.padded(tape.capacity()) * stride];
    return new Tensor(tape, name, axis, columns, stride, values, trainable);
  }

  /** [rows]. */
  static Tensor numbers(Tape tape, String name, RowAxis axis, boolean trainable) {
    float[] values = new float[axis.padded(tape.capacity())];
    return new Tensor(tape, name, axis, 1, 1, values, trainable);
  }

  /** The values of a weight, in their place: a row for each of its rows, whatever the batch. */
  static Tensor ofParameter(Tape tape, Parameter weight) {
    RowAxis axis = RowAxis.fixed(weight.rows());
    float[] values = weight.values();
    return new Tensor(tape, weight.name(), axis, weight.columns(), weight.stride(), values, true);
  }

  /** A new one with the same rows, [rows, columns]. */
  Tensor withColumns(String otherName, int otherColumns, boolean otherTrainable) {
    return matrix(tape, otherName, axis, otherColumns, otherTrainable);
  }

  /** A new one with the same rows, [rows]. */
  Tensor asNumbers(String otherName, boolean otherTrainable) {
    return numbers(tape, otherName, axis, otherTrainable);
  }

  static boolean anyTrainable(Tensor... tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.trainable()) {
        return true;
      }
    }
    return false;
  }

  /** The same values, in the same place, with a gradient of its own or none. */
  Tensor sharing(boolean otherTrainable) {
    return new Tensor(tape, name, axis, columns, stride, values, otherTrainable);
  }

  public Tape tape() {
    return tape;
  }

  /** What it is, for people: {@code decoder.0 output}. */
  public String name() {
    return name;
  }

  RowAxis axis() {
    return axis;
  }

  /** Rows for each image of the batch; 0 where the rows have nothing to do with the batch. */
  public int samples() {
    return axis.ofBatch() ? axis.size() : 0;
  }

  public int columns() {
    return columns;
  }

  public int stride() {
    return stride;
  }

  /** Row after row, {@link #stride} floats each; overwritten by the next replay. */
  public float[] values() {
    return values;
  }

  Matrix matrix() {
    return matrix;
  }

  /** Where its values are not zero, if it keeps account of that; else null. */
  NonZeros nonZeros() {
    return nonZeros;
  }

  void countNonZeros() {
    nonZeros = new NonZeros(axis.padded(tape.capacity()), stride);
  }

  /** The phase of a replay in which it gets its values; see {@link Replay}. */
  int phase() {
    return phase;
  }

  void computedIn(int whichPhase) {
    phase = whichPhase;
  }

  /** Whether a parameter lies behind it, so that it needs a gradient in training. */
  boolean trainable() {
    return trainable;
  }

  /** The gradient of the minimised sum; null until {@link Tape#minimize}. */
  float[] gradient() {
    return gradient;
  }

  Matrix gradientMatrix() {
    return gradientMatrix;
  }

  void wantGradient() {
    if (gradient == null) {
      gradient = new float[values.length];
      gradientMatrix = Matrix.of(gradient, stride);
    }
  }
}
