package dev.elbo.bench.jmh;

import dev.elbo.kernel.AdamScalars;
import dev.elbo.kernel.Kernels;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Either implementation of the kernels, and rows of values to work on. */
@State(Scope.Thread)
public class KernelState {
  /** Sixteen rows of an image. */
  static final int COLUMNS = 784;

  static final int LENGTH = 16 * COLUMNS;

  @Param({"vector", "plain"})
  public String kind;

  Kernels kernels;
  float[] a;
  float[] b;
  float[] c;
  float[] d;
  float[] lanes;
  AdamScalars scalars;

  @Setup(Level.Iteration)
  public void fill() {
    kernels = kind.equals("plain") ? Kernels.plain() : Kernels.best();
    a = new float[LENGTH];
    b = new float[LENGTH];
    c = new float[LENGTH];
    d = new float[LENGTH];
    lanes = new float[Kernels.LANES];
    scalars = new AdamScalars(0.9, 0.999, 1e-8);
    scalars.advance(1, 0.001);
    for (int i = 0; i < LENGTH; i++) {
      a[i] = (i % 61 - 30) / 10f;
      // Never zero: as a gradient that would let moments decay into slow denormals.
      b[i] = (i % 53 + 1) / 54f;
      c[i] = (i % 47 - 23) / 23f;
    }
  }
}
