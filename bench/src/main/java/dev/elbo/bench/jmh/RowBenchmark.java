package dev.elbo.bench.jmh;

import static dev.elbo.bench.jmh.KernelState.COLUMNS;
import static dev.elbo.bench.jmh.KernelState.LENGTH;

import dev.elbo.kernel.ElementFunction;
import dev.elbo.kernel.Matrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels that go over rows, on 16 rows of 784 floats, which a first-level cache nearly holds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowBenchmark {
  @Benchmark
  public float[] sumRows(KernelState s) {
    s.kernels.sumRows(LENGTH / COLUMNS, COLUMNS, Matrix.of(s.a, COLUMNS), s.d, 0, false);
    return s.d;
  }

  @Benchmark
  public float[] relu(KernelState s) {
    s.kernels.apply(ElementFunction.RELU, s.a, s.d, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] tanh(KernelState s) {
    s.kernels.apply(ElementFunction.TANH, s.a, s.d, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] sigmoid(KernelState s) {
    s.kernels.apply(ElementFunction.SIGMOID, s.a, s.d, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] softplus(KernelState s) {
    s.kernels.apply(ElementFunction.SOFTPLUS, s.a, s.d, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] reluBackward(KernelState s) {
    s.kernels.applyBackward(ElementFunction.RELU, s.a, s.b, s.d, 0, LENGTH, false);
    return s.d;
  }

  @Benchmark
  public float[] normals(KernelState s) {
    s.kernels.normals(1, s.d, 0, LENGTH);
    return s.d;
  }

  /** The noise of 1 is what it overwrites, so it is copied in first. */
  @Benchmark
  public float[] reparameterize(KernelState s) {
    System.arraycopy(s.c, 0, s.d, 0, LENGTH);
    s.kernels.reparameterize(s.a, s.c, s.d, s.b, 0, LENGTH);
    return s.b;
  }

  @Benchmark
  public float[] reparameterizeBackward(KernelState s) {
    s.kernels.reparameterizeBackward(s.a, s.b, s.c, false, s.d, false, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] klToStandardNormal(KernelState s) {
    s.kernels.klToStandardNormal(s.a, s.c, 0, LENGTH, s.lanes, 0);
    return s.lanes;
  }

  @Benchmark
  public float[] klToStandardNormalBackward(KernelState s) {
    s.kernels.klToStandardNormalBackward(s.a, s.c, 1, s.b, false, s.d, false, 0, LENGTH);
    return s.d;
  }

  @Benchmark
  public float[] bernoulli(KernelState s) {
    s.kernels.bernoulli(s.a, s.b, s.d, 0, LENGTH, s.lanes, 0);
    return s.lanes;
  }

  @Benchmark
  public float[] squaredError(KernelState s) {
    s.kernels.squaredError(s.a, s.b, s.d, 0, LENGTH, s.lanes, 0);
    return s.lanes;
  }

  @Benchmark
  public boolean adam(KernelState s) {
    return s.kernels.adam(s.a, s.c, s.d, 0, s.b, 0, LENGTH, s.scalars);
  }
}
