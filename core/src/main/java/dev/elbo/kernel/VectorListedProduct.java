package dev.elbo.kernel;

import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.all;

import jdk.incubator.vector.FloatVector;

/**
 * A row of a product over listed terms, up to 8 vectors of it in registers at once. Each term costs
 * a load for each multiply-add, twice what a register tile costs, so it pays where less than half
 * of the terms are listed.
 */
final class VectorListedProduct {
  private static final int WIDTH = FLOATS.length();

  private VectorListedProduct() {}

  static void multiply(
      int n,
      int[] list,
      int listOffset,
      int count,
      float[] a,
      int aOffset,
      int aStep,
      Matrix b,
      float[] c,
      int cOffset,
      float[] start) {
    int width = Kernels.padded(n);
    int bOffset = b.offset();
    int stride = b.rowStride();
    float[] values = b.values();
    int j = 0;
    for (; j + 8 * WIDTH <= width; j += 8 * WIDTH) {
      tile8(
          list,
          listOffset,
          count,
          a,
          aOffset,
          aStep,
          values,
          bOffset + j,
          stride,
          c,
          cOffset + j,
          start,
          j);
    }
    for (; j + 4 * WIDTH <= width; j += 4 * WIDTH) {
      tile4(
          list,
          listOffset,
          count,
          a,
          aOffset,
          aStep,
          values,
          bOffset + j,
          stride,
          c,
          cOffset + j,
          start,
          j);
    }
    for (; j < width; j += WIDTH) {
      tile1(
          list,
          listOffset,
          count,
          a,
          aOffset,
          aStep,
          values,
          bOffset + j,
          stride,
          c,
          cOffset + j,
          start,
          j);
    }
  }

  private static FloatVector first(float[] start, int at) {
    return start == null ? all(0f) : FloatVector.fromArray(FLOATS, start, at);
  }

  private static void tile8(
      int[] list,
      int listOffset,
      int count,
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      float[] start,
      int startOffset) {
    FloatVector c0 = first(start, startOffset + 0 * WIDTH);
    FloatVector c1 = first(start, startOffset + 1 * WIDTH);
    FloatVector c2 = first(start, startOffset + 2 * WIDTH);
    FloatVector c3 = first(start, startOffset + 3 * WIDTH);
    FloatVector c4 = first(start, startOffset + 4 * WIDTH);
    FloatVector c5 = first(start, startOffset + 5 * WIDTH);
    FloatVector c6 = first(start, startOffset + 6 * WIDTH);
    FloatVector c7 = first(start, startOffset + 7 * WIDTH);
    for (int p = listOffset; p < listOffset + count; p++) {
      int i = list[p];
      FloatVector factor = all(a[aOffset + i * aStep]);
      int row = bOffset + i * bStride;
      c0 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 0 * WIDTH), c0);
      c1 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 1 * WIDTH), c1);
      c2 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 2 * WIDTH), c2);
      c3 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 3 * WIDTH), c3);
      c4 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 4 * WIDTH), c4);
      c5 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 5 * WIDTH), c5);
      c6 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 6 * WIDTH), c6);
      c7 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 7 * WIDTH), c7);
    }
    c0.intoArray(c, cOffset + 0 * WIDTH);
    c1.intoArray(c, cOffset + 1 * WIDTH);
    c2.intoArray(c, cOffset + 2 * WIDTH);
    c3.intoArray(c, cOffset + 3 * WIDTH);
    c4.intoArray(c, cOffset + 4 * WIDTH);
    c5.intoArray(c, cOffset + 5 * WIDTH);
    c6.intoArray(c, cOffset + 6 * WIDTH);
    c7.intoArray(c, cOffset + 7 * WIDTH);
  }

  private static void tile4(
      int[] list,
      int listOffset,
      int count,
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      float[] start,
      int startOffset) {
    FloatVector c0 = first(start, startOffset + 0 * WIDTH);
    FloatVector c1 = first(start, startOffset + 1 * WIDTH);
    FloatVector c2 = first(start, startOffset + 2 * WIDTH);
    FloatVector c3 = first(start, startOffset + 3 * WIDTH);
    for (int p = listOffset; p < listOffset + count; p++) {
      int i = list[p];
      FloatVector factor = all(a[aOffset + i * aStep]);
      int row = bOffset + i * bStride;
      c0 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 0 * WIDTH), c0);
      c1 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 1 * WIDTH), c1);
      c2 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 2 * WIDTH), c2);
      c3 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 3 * WIDTH), c3);
    }
    c0.intoArray(c, cOffset + 0 * WIDTH);
    c1.intoArray(c, cOffset + 1 * WIDTH);
    c2.intoArray(c, cOffset + 2 * WIDTH);
    c3.intoArray(c, cOffset + 3 * WIDTH);
  }

  private static void tile1(
      int[] list,
      int listOffset,
      int count,
      float[] a,
      int aOffset,
      int aStep,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      float[] start,
      int startOffset) {
    FloatVector c0 = first(start, startOffset + 0 * WIDTH);
    for (int p = listOffset; p < listOffset + count; p++) {
      int i = list[p];
      FloatVector factor = all(a[aOffset + i * aStep]);
      int row = bOffset + i * bStride;
      c0 = factor.fma(FloatVector.fromArray(FLOATS, b, row + 0 * WIDTH), c0);
    }
    c0.intoArray(c, cOffset + 0 * WIDTH);
  }
}
