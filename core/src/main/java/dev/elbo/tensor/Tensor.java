package dev.elbo.tensor;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;

/**
 * A value on a tape: a row for every image of the batch, [rows, columns], or one number a row,
 * [rows]. The rows are padded to {@link #stride} floats, and what lies in the padding is zero.
 */
public final class Tensor {
  private final Tape tape;
  private final String name;
  private final int columns;
  private final int stride;
  private final float[] values;
  private final Matrix matrix;
  private final boolean trainable;
  private NonZeros nonZeros;
  private float[] gradient;
  private Matrix gradientMatrix;

  Tensor(Tape tape, String name, int columns, boolean scalarRows, boolean trainable) {
    this.tape = tape;
    this.name = name;
    this.columns = columns;
    this.stride = scalarRows ? 1 : Kernels.padded(columns);
    this.values = new float[tape.paddedRows() * stride];
    this.matrix = Matrix.of(values, stride);
    this.trainable = trainable;
  }

  public Tape tape() {
    return tape;
  }

  /** What it is, for people: {@code decoder.0 output}. */
  public String name() {
    return name;
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
    nonZeros = new NonZeros(tape.paddedRows(), stride);
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
