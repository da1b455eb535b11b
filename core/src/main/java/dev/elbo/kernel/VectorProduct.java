package dev.elbo.kernel;

import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.all;

import jdk.incubator.vector.FloatVector;

/**
 * The matrix product in register tiles: 8 rows × 2 vectors, 16 accumulators that stay in registers
 * over a block of the depth. Elements of a are broadcast, so that a may have any strides; rows of b
 * and c are contiguous and padded. Where there are only 16 vector registers a tile has 4 rows.
 */
final class VectorProduct {
  private static final int WIDTH = FLOATS.length();

  /** Depth of a block: 256 rows × 2 vectors of b are at most half of an L1 cache. */
  private static final int BLOCK = 256;

  /** AVX2 and narrower x86 has 16 vector registers; AVX-512 and NEON have 32. */
  private static final boolean MANY_REGISTERS =
      WIDTH == 16 || System.getProperty("os.arch").equals("aarch64");

  private VectorProduct() {}

  static void multiply(
      int m, int n, int k, Matrix a, int aRow, Matrix b, Matrix c, int cRow, Matrix start) {
    int width = Kernels.padded(n);
    for (int p = 0; p == 0 || p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      Matrix from = p == 0 ? start : c;
      int j = 0;
      for (; j + 2 * WIDTH <= width; j += 2 * WIDTH) {
        for (int i = 0; i < m; i += Kernels.TILE) {
          pair(depth, a, aRow + i, p, b, j, c, cRow + i, from);
        }
      }
      if (j < width) {
        for (int i = 0; i < m; i += Kernels.TILE) {
          single(depth, a, aRow + i, p, b, j, c, cRow + i, from);
        }
      }
    }
  }

  private static void pair(
      int depth, Matrix a, int i, int p, Matrix b, int j, Matrix c, int ci, Matrix start) {
    int aStart = a.at(i) + p * a.columnStride();
    int bStart = b.at(p) + j;
    float[] from = start == null ? null : start.values();
    int fromAt = start == null ? 0 : start.at(ci) + j;
    int fromRow = start == null ? 0 : start.rowStride();
    if (MANY_REGISTERS) {
      tile8x2(
          depth,
          a.values(),
          aStart,
          a.rowStride(),
          a.columnStride(),
          b.values(),
          bStart,
          b.rowStride(),
          c.values(),
          c.at(ci) + j,
          c.rowStride(),
          from,
          fromAt,
          fromRow);
    } else {
      for (int r = 0; r < Kernels.TILE; r += 4) {
        tile4x2(
            depth,
            a.values(),
            aStart + r * a.rowStride(),
            a.rowStride(),
            a.columnStride(),
            b.values(),
            bStart,
            b.rowStride(),
            c.values(),
            c.at(ci + r) + j,
            c.rowStride(),
            from,
            fromAt + r * fromRow,
            fromRow);
      }
    }
  }

  private static void single(
      int depth, Matrix a, int i, int p, Matrix b, int j, Matrix c, int ci, Matrix start) {
    float[] from = start == null ? null : start.values();
    int fromAt = start == null ? 0 : start.at(ci) + j;
    int fromRow = start == null ? 0 : start.rowStride();
    tile8x1(
        depth,
        a.values(),
        a.at(i) + p * a.columnStride(),
        a.rowStride(),
        a.columnStride(),
        b.values(),
        b.at(p) + j,
        b.rowStride(),
        c.values(),
        c.at(ci) + j,
        c.rowStride(),
        from,
        fromAt,
        fromRow);
  }

  private static FloatVector first(float[] start, int at) {
    return start == null ? all(0f) : FloatVector.fromArray(FLOATS, start, at);
  }

  /** c[0..8, 0..2 vectors] = start + a·b over k. */
  private static void tile8x2(
      int k,
      float[] a,
      int aStart,
      int aRow,
      int aColumn,
      float[] b,
      int bStart,
      int bRow,
      float[] c,
      int cStart,
      int cRow,
      float[] start,
      int startAt,
      int startRow) {
    FloatVector c00 = first(start, startAt + 0 * startRow + 0 * WIDTH);
    FloatVector c01 = first(start, startAt + 0 * startRow + 1 * WIDTH);
    FloatVector c10 = first(start, startAt + 1 * startRow + 0 * WIDTH);
    FloatVector c11 = first(start, startAt + 1 * startRow + 1 * WIDTH);
    FloatVector c20 = first(start, startAt + 2 * startRow + 0 * WIDTH);
    FloatVector c21 = first(start, startAt + 2 * startRow + 1 * WIDTH);
    FloatVector c30 = first(start, startAt + 3 * startRow + 0 * WIDTH);
    FloatVector c31 = first(start, startAt + 3 * startRow + 1 * WIDTH);
    FloatVector c40 = first(start, startAt + 4 * startRow + 0 * WIDTH);
    FloatVector c41 = first(start, startAt + 4 * startRow + 1 * WIDTH);
    FloatVector c50 = first(start, startAt + 5 * startRow + 0 * WIDTH);
    FloatVector c51 = first(start, startAt + 5 * startRow + 1 * WIDTH);
    FloatVector c60 = first(start, startAt + 6 * startRow + 0 * WIDTH);
    FloatVector c61 = first(start, startAt + 6 * startRow + 1 * WIDTH);
    FloatVector c70 = first(start, startAt + 7 * startRow + 0 * WIDTH);
    FloatVector c71 = first(start, startAt + 7 * startRow + 1 * WIDTH);
    int ai = aStart;
    int bi = bStart;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi + 0 * WIDTH);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bi + 1 * WIDTH);
      FloatVector a0 = all(a[ai + 0 * aRow]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = all(a[ai + 1 * aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = all(a[ai + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = all(a[ai + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = all(a[ai + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = all(a[ai + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = all(a[ai + 6 * aRow]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = all(a[ai + 7 * aRow]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      ai += aColumn;
      bi += bRow;
    }
    c00.intoArray(c, cStart + 0 * cRow + 0 * WIDTH);
    c01.intoArray(c, cStart + 0 * cRow + 1 * WIDTH);
    c10.intoArray(c, cStart + 1 * cRow + 0 * WIDTH);
    c11.intoArray(c, cStart + 1 * cRow + 1 * WIDTH);
    c20.intoArray(c, cStart + 2 * cRow + 0 * WIDTH);
    c21.intoArray(c, cStart + 2 * cRow + 1 * WIDTH);
    c30.intoArray(c, cStart + 3 * cRow + 0 * WIDTH);
    c31.intoArray(c, cStart + 3 * cRow + 1 * WIDTH);
    c40.intoArray(c, cStart + 4 * cRow + 0 * WIDTH);
    c41.intoArray(c, cStart + 4 * cRow + 1 * WIDTH);
    c50.intoArray(c, cStart + 5 * cRow + 0 * WIDTH);
    c51.intoArray(c, cStart + 5 * cRow + 1 * WIDTH);
    c60.intoArray(c, cStart + 6 * cRow + 0 * WIDTH);
    c61.intoArray(c, cStart + 6 * cRow + 1 * WIDTH);
    c70.intoArray(c, cStart + 7 * cRow + 0 * WIDTH);
    c71.intoArray(c, cStart + 7 * cRow + 1 * WIDTH);
  }

  /** The last, single vector of a row of 16, 48, … floats. */
  private static void tile8x1(
      int k,
      float[] a,
      int aStart,
      int aRow,
      int aColumn,
      float[] b,
      int bStart,
      int bRow,
      float[] c,
      int cStart,
      int cRow,
      float[] start,
      int startAt,
      int startRow) {
    FloatVector c00 = first(start, startAt + 0 * startRow + 0 * WIDTH);
    FloatVector c10 = first(start, startAt + 1 * startRow + 0 * WIDTH);
    FloatVector c20 = first(start, startAt + 2 * startRow + 0 * WIDTH);
    FloatVector c30 = first(start, startAt + 3 * startRow + 0 * WIDTH);
    FloatVector c40 = first(start, startAt + 4 * startRow + 0 * WIDTH);
    FloatVector c50 = first(start, startAt + 5 * startRow + 0 * WIDTH);
    FloatVector c60 = first(start, startAt + 6 * startRow + 0 * WIDTH);
    FloatVector c70 = first(start, startAt + 7 * startRow + 0 * WIDTH);
    int ai = aStart;
    int bi = bStart;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi + 0 * WIDTH);
      FloatVector a0 = all(a[ai + 0 * aRow]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = all(a[ai + 1 * aRow]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = all(a[ai + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = all(a[ai + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = all(a[ai + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = all(a[ai + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = all(a[ai + 6 * aRow]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = all(a[ai + 7 * aRow]);
      c70 = a7.fma(b0, c70);
      ai += aColumn;
      bi += bRow;
    }
    c00.intoArray(c, cStart + 0 * cRow + 0 * WIDTH);
    c10.intoArray(c, cStart + 1 * cRow + 0 * WIDTH);
    c20.intoArray(c, cStart + 2 * cRow + 0 * WIDTH);
    c30.intoArray(c, cStart + 3 * cRow + 0 * WIDTH);
    c40.intoArray(c, cStart + 4 * cRow + 0 * WIDTH);
    c50.intoArray(c, cStart + 5 * cRow + 0 * WIDTH);
    c60.intoArray(c, cStart + 6 * cRow + 0 * WIDTH);
    c70.intoArray(c, cStart + 7 * cRow + 0 * WIDTH);
  }

  /** For 16 registers. */
  private static void tile4x2(
      int k,
      float[] a,
      int aStart,
      int aRow,
      int aColumn,
      float[] b,
      int bStart,
      int bRow,
      float[] c,
      int cStart,
      int cRow,
      float[] start,
      int startAt,
      int startRow) {
    FloatVector c00 = first(start, startAt + 0 * startRow + 0 * WIDTH);
    FloatVector c01 = first(start, startAt + 0 * startRow + 1 * WIDTH);
    FloatVector c10 = first(start, startAt + 1 * startRow + 0 * WIDTH);
    FloatVector c11 = first(start, startAt + 1 * startRow + 1 * WIDTH);
    FloatVector c20 = first(start, startAt + 2 * startRow + 0 * WIDTH);
    FloatVector c21 = first(start, startAt + 2 * startRow + 1 * WIDTH);
    FloatVector c30 = first(start, startAt + 3 * startRow + 0 * WIDTH);
    FloatVector c31 = first(start, startAt + 3 * startRow + 1 * WIDTH);
    int ai = aStart;
    int bi = bStart;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi + 0 * WIDTH);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bi + 1 * WIDTH);
      FloatVector a0 = all(a[ai + 0 * aRow]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = all(a[ai + 1 * aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = all(a[ai + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = all(a[ai + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      ai += aColumn;
      bi += bRow;
    }
    c00.intoArray(c, cStart + 0 * cRow + 0 * WIDTH);
    c01.intoArray(c, cStart + 0 * cRow + 1 * WIDTH);
    c10.intoArray(c, cStart + 1 * cRow + 0 * WIDTH);
    c11.intoArray(c, cStart + 1 * cRow + 1 * WIDTH);
    c20.intoArray(c, cStart + 2 * cRow + 0 * WIDTH);
    c21.intoArray(c, cStart + 2 * cRow + 1 * WIDTH);
    c30.intoArray(c, cStart + 3 * cRow + 0 * WIDTH);
    c31.intoArray(c, cStart + 3 * cRow + 1 * WIDTH);
  }
}
