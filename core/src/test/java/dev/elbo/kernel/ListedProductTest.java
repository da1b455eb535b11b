package dev.elbo.kernel;

import static dev.elbo.kernel.Floats.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedProductTest {
  private static final int DEPTH = 90;
  private static final Kernels PLAIN = new PlainKernels();
  private static final Kernels VECTOR = new VectorKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 33, 50, 64, 100, 128, 200, 207, 784})
  void plainAndVectorGiveTheSameBits(int n) {
    for (boolean withStart : new boolean[] {false, true}) {
      for (int step : new int[] {1, 7}) {
        Random random = new Random(n);
        int[] list = list(random);
        float[] a = Floats.any(random, 3 + DEPTH * step);
        Matrix b = Matrix.of(Floats.any(random, DEPTH * Kernels.padded(n)), Kernels.padded(n));
        float[] start = withStart ? Floats.any(random, Kernels.padded(n)) : null;
        float[] plain = new float[5 + Kernels.padded(n)];
        float[] vector = plain.clone();
        PLAIN.multiplyListed(n, list, 2, list.length - 2, a, 3, step, b, plain, 5, start);
        VECTOR.multiplyListed(n, list, 2, list.length - 2, a, 3, step, b, vector, 5, start);
        assertSameBits(vector, plain, "n " + n + ", step " + step);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 50, 128, 784})
  void leavingZerosOutChangesNothingWhereAllIsFinite(int n) {
    Random random = new Random(n);
    int stride = Kernels.padded(n);
    float[] a = Floats.ordinary(random, DEPTH + Kernels.TILE * DEPTH);
    int[] list = list(random);
    float[] sparse = new float[a.length];
    for (int k : list) {
      sparse[k] = a[k];
    }
    Matrix b = Matrix.of(Floats.ordinary(random, DEPTH * stride), stride);
    float[] start = Floats.ordinary(random, stride);
    float[] dense = new float[Kernels.TILE * stride];
    float[] listed = new float[stride];
    VECTOR.multiply(
        1,
        n,
        DEPTH,
        Matrix.of(sparse, DEPTH),
        0,
        b,
        Matrix.of(dense, stride),
        0,
        Matrix.repeated(start));
    VECTOR.multiplyListed(n, list, 0, list.length, sparse, 0, 1, b, listed, 0, start);
    assertSameBits(listed, Arrays.copyOf(dense, stride), "n " + n);
  }

  /** About a third of the indices, ascending. */
  private static int[] list(Random random) {
    return IntStream.range(0, DEPTH).filter(k -> random.nextInt(3) == 0).toArray();
  }

  /** Every byte, bytes apart, and what lies before and behind them left alone. */
  @Test
  void setBitsAreListedAscendingByBothKernels() {
    Random random = new Random(3);
    for (int bytes : new int[] {0, 1, 2, 16, 33}) {
      for (int step : new int[] {1, 7}) {
        byte[] marks = new byte[5 + 33 * step];
        random.nextBytes(marks);
        marks[3] = -1;
        int[] expected =
            IntStream.range(0, Byte.SIZE * bytes)
                .filter(i -> (marks[3 + i / Byte.SIZE * step] >> i % Byte.SIZE & 1) != 0)
                .toArray();
        for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
          int[] list = new int[expected.length + Byte.SIZE];
          int count = kernels.listBits(marks, 3, step, bytes, list);
          assertThat(Arrays.copyOf(list, count)).isEqualTo(expected);
        }
      }
    }
  }
}
