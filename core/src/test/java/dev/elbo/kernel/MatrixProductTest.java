package dev.elbo.kernel;

import static dev.elbo.kernel.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixProductTest {
  private static final Kernels PLAIN = new PlainKernels();
  private static final Kernels VECTOR = new VectorKernels();

  /** Rows and depths; depths on both sides of a block of 256. */
  private static final int[][] ROWS_AND_DEPTHS = {
    {1, 1}, {3, 7}, {7, 3}, {8, 784}, {9, 257}, {16, 96}, {96, 16}, {128, 9}, {257, 8}, {300, 1},
    {1, 300}, {13, 128}, {784, 3}, {7, 256}, {9, 512}, {8, 513}
  };

  private static final int BEFORE = 3;

  /** What a product begins with. */
  private enum Start {
    ZERO,
    BIAS,
    ITSELF,
    ANOTHER_MATRIX
  }

  /** A product with everything that may be awkward about it: offsets, strides, rows before. */
  private static final class Product {
    final int m;
    final int n;
    final int k;
    final Start start;
    final int stride;
    final Matrix a;
    final Matrix b;
    final Matrix other;
    final float[] c;

    Product(int m, int n, int k, boolean transposed, Start start, boolean finite, long seed) {
      Random random = new Random(seed);
      this.m = m;
      this.n = n;
      this.k = k;
      this.start = start;
      stride = Kernels.padded(n) + (seed % 2 == 0 ? 0 : Kernels.LANES);
      int rows = tiled(BEFORE + m) + Kernels.TILE;
      int offset = (int) (seed % 7);
      int aStride = transposed ? rows + 5 : k + 3;
      int aRows = transposed ? k : rows;
      float[] aValues = values(random, offset + aRows * aStride, finite);
      a = new Matrix(aValues, offset, transposed ? 1 : aStride, transposed ? aStride : 1);
      b = new Matrix(values(random, offset + k * stride, finite), offset, stride, 1);
      c = values(random, offset + rows * stride, finite);
      float[] others = values(random, offset + rows * stride, finite);
      other = start == Start.BIAS ? Matrix.repeated(others) : new Matrix(others, offset, stride, 1);
    }

    private static float[] values(Random random, int length, boolean finite) {
      return finite ? Floats.ordinary(random, length) : Floats.any(random, length);
    }

    static int tiled(int rows) {
      return (rows + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE;
    }

    /** Rows [from, to) on a copy of c, which is returned. */
    float[] rows(Kernels kernels, float[] out, int from, int to) {
      Matrix into = new Matrix(out, b.offset(), stride, 1);
      Matrix begin =
          switch (start) {
            case ZERO -> null;
            case ITSELF -> into;
            case BIAS, ANOTHER_MATRIX -> other;
          };
      kernels.multiply(to - from, n, k, a, BEFORE + from, b, into, BEFORE + from, begin);
      return out;
    }

    float[] by(Kernels kernels) {
      return rows(kernels, c.clone(), 0, m);
    }

    /** What the product promises: rows before and whole tiles after are left alone. */
    void assertSame(float[] actual, float[] expected, String what) {
      int width = Kernels.padded(n);
      for (int row = 0; row < (c.length - b.offset()) / stride; row++) {
        boolean junk = row >= BEFORE + m && row < BEFORE + tiled(m);
        for (int j = 0; j < stride && !junk; j++) {
          int at = b.offset() + row * stride + j;
          boolean inside = row >= BEFORE && row < BEFORE + m && j < width;
          float wanted = inside ? expected[at] : c[at];
          if (Float.floatToIntBits(actual[at]) != Float.floatToIntBits(wanted)) {
            assertThat(Float.toHexString(actual[at]))
                .as("%s: m %d, n %d, k %d, %s [%d, %d]", what, m, n, k, start, row - BEFORE, j)
                .isEqualTo(Float.toHexString(wanted));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void vectorsGiveThePlainBitsOnAwkwardSizes(Start start) {
    long seed = start.ordinal();
    for (int n : Floats.COLUMNS) {
      for (int[] size : ROWS_AND_DEPTHS) {
        for (boolean transposed : new boolean[] {false, true}) {
          Product product = new Product(size[0], n, size[1], transposed, start, true, ++seed);
          product.assertSame(product.by(VECTOR), product.by(PLAIN), "vector against plain");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void vectorsGiveThePlainBitsWithZerosDenormalsAndInfinities(Start start) {
    long seed = 1000 + start.ordinal();
    for (int n : new int[] {1, 16, 33, 50}) {
      for (int[] size : new int[][] {{1, 3}, {9, 20}, {8, 257}}) {
        for (boolean transposed : new boolean[] {false, true}) {
          Product product = new Product(size[0], n, size[1], transposed, start, false, ++seed);
          product.assertSame(product.by(VECTOR), product.by(PLAIN), "vector against plain");
        }
      }
    }
  }

  /** Chunks begin at multiples of the tile, as the callers' do. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 96})
  void aProductDoneInRangesOfRowsGivesTheSameBits(int chunk) {
    for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
      for (Start start : Start.values()) {
        Product product = new Product(100, 50, 300, true, start, true, chunk);
        float[] whole = product.by(kernels);
        float[] inPieces = product.c.clone();
        // Ascending: the junk rows of a last tile may fall only into rows that come later.
        for (int from = 0; from < product.m; from += chunk) {
          product.rows(kernels, inPieces, from, Math.min(product.m, from + chunk));
        }
        product.assertSame(inPieces, whole, kernels.description() + " in chunks of " + chunk);
      }
    }
  }

  @Test
  void thePlainProductIsTheSumOfProducts() {
    Product product = new Product(9, 33, 257, false, Start.ANOTHER_MATRIX, true, 5);
    float[] out = product.by(PLAIN);
    for (int i = 0; i < product.m; i++) {
      for (int j = 0; j < product.n; j++) {
        double sum = product.other.values()[product.other.at(BEFORE + i) + j];
        for (int p = 0; p < product.k; p++) {
          double factor = product.a.values()[product.a.at(BEFORE + i) + p];
          sum += factor * product.b.values()[product.b.at(p) + j];
        }
        // 257 terms of at most 16, each rounded once at 24 bits: far below this.
        assertThat(out[product.b.offset() + (BEFORE + i) * product.stride + j])
            .isCloseTo((float) sum, within(2e-3f));
      }
    }
  }

  @Test
  void sumsOfRowsAreTheSameBits() {
    Random random = new Random(7);
    for (int n : Floats.COLUMNS) {
      for (int rows : new int[] {0, 1, 3, 8, 100}) {
        for (boolean accumulate : new boolean[] {false, true}) {
          int stride = Kernels.padded(n);
          Matrix a = new Matrix(Floats.any(random, 5 + rows * stride), 5, stride, 1);
          float[] before = Floats.any(random, stride + 9);
          float[] plain = before.clone();
          float[] vector = before.clone();
          PLAIN.sumRows(rows, n, a, plain, 4, accumulate);
          VECTOR.sumRows(rows, n, a, vector, 4, accumulate);
          assertSameBits(vector, plain, rows + " rows of " + n);
        }
      }
    }
  }
}
