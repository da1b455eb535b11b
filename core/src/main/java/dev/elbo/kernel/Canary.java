package dev.elbo.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * Known answers that a sound JVM gives: denormals, rounding, fused multiply-add, the
 * integer-rounding trick, and plain against other kernels. Run once at start for the choice of
 * kernels, and by every thread of a {@link Team}, since flush-to-zero is a state of a thread.
 */
final class Canary {
  private static final int COLUMNS = 83;

  private Canary() {}

  /** What the calling thread's arithmetic gets wrong, if anything. */
  static Optional<String> arithmeticFailure() {
    float tiny = Float.MIN_NORMAL;
    if (times(tiny, 0.5f) == 0f) {
      return Optional.of("denormals (flush-to-zero is on)");
    }
    if (plus(1f, 0x1p-24f) != 1f || plus(1f, 0x1.8p-24f) != 1f + Math.ulp(1f)) {
      return Optional.of("rounding to nearest");
    }
    if (Math.fma(0x1.fffffep23f, 0x1.000004p28f, 0x1.fep5f) != 0x1.000002p52f) {
      return Optional.of("fused multiply-add");
    }
    if (plus(plus(2.5f, Elementary.ROUND), -Elementary.ROUND) != 2f) {
      return Optional.of("rounding to an integer by addition");
    }
    return Optional.empty();
  }

  // Methods, so that the operands are not constants to the compiler.
  private static float times(float a, float b) {
    return a * b;
  }

  private static float plus(float a, float b) {
    return a + b;
  }

  /** What these kernels compute differently from the plain ones, if anything. */
  static Optional<String> failure(Kernels kernels) {
    Optional<String> arithmetic = arithmeticFailure();
    if (arithmetic.isPresent()) {
      return arithmetic;
    }
    Kernels plain = new PlainKernels();
    if (!Arrays.equals(normals(plain), normals(kernels))) {
      return Optional.of("normal deviates");
    }
    for (ElementFunction f : ElementFunction.values()) {
      if (!Arrays.equals(applied(plain, f), applied(kernels, f))) {
        return Optional.of(f.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    if (!Arrays.equals(product(plain), product(kernels))) {
      return Optional.of("a matrix product");
    }
    if (!Arrays.equals(updated(plain), updated(kernels))) {
      return Optional.of("an update of Adam");
    }
    if (!Arrays.equals(listed(plain), listed(kernels))) {
      return Optional.of("a list of bits");
    }
    return Optional.empty();
  }

  private static float[] normals(Kernels kernels) {
    float[] out = new float[COLUMNS];
    kernels.normals(0x0123456789abcdefL, out, 0, COLUMNS);
    return out;
  }

  private static float[] applied(Kernels kernels, ElementFunction f) {
    float[] x = normals(new PlainKernels());
    for (int j = 0; j < x.length; j++) {
      x[j] *= 9f;
    }
    kernels.apply(f, x, x, 0, x.length);
    return x;
  }

  private static float[] product(Kernels kernels) {
    int n = 16;
    float[] values = new float[n * n];
    new PlainKernels().normals(42, values, 0, values.length);
    float[] out = new float[n * n];
    Matrix square = Matrix.of(values, n);
    kernels.multiply(n, n, n, square, 0, square, Matrix.of(out, n), 0, null);
    return out;
  }

  /** Weights, then moments; some first moments are so small that they become zero. */
  private static float[] updated(Kernels kernels) {
    float[] g = normals(new PlainKernels());
    float[] all = new float[3 * COLUMNS];
    float[] w = g.clone();
    float[] m = new float[COLUMNS];
    float[] v = new float[COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
      m[j] = g[j] * 0x1p-101f;
      v[j] = g[j] * g[j];
      g[j] = j % 3 == 0 ? g[j] : 0f;
    }
    AdamScalars scalars = new AdamScalars(0.9, 0.999, 1e-8);
    scalars.advance(7, 0.001);
    kernels.adam(w, m, v, 0, g, 0, COLUMNS, scalars);
    System.arraycopy(w, 0, all, 0, COLUMNS);
    System.arraycopy(m, 0, all, COLUMNS, COLUMNS);
    System.arraycopy(v, 0, all, 2 * COLUMNS, COLUMNS);
    return all;
  }

  private static int[] listed(Kernels kernels) {
    byte[] marks = new byte[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      marks[i] = (byte) (i * 37);
    }
    int[] list = new int[Byte.SIZE * (COLUMNS + 1)];
    int count = kernels.listBits(marks, 0, 1, COLUMNS, list);
    return Arrays.copyOf(list, count);
  }
}
