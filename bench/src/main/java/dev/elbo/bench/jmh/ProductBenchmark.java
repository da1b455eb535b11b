package dev.elbo.bench.jmh;

import dev.elbo.bench.peer.ElboGemm;
import dev.elbo.bench.peer.Lap;
import dev.elbo.bench.peer.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The matrix product on the shapes of the default model, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {
  /** m n k, and whether a lies transposed. */
  @Param({
    "gemm 128 128 784 false",
    "gemm 128 64 128 false",
    "gemm 128 128 64 false",
    "gemm 128 784 128 false",
    "gemm 784 128 128 true",
    "gemm 128 784 128 true"
  })
  public String shape;

  private ElboGemm product;

  @Setup
  public void prepare() {
    product = new ElboGemm((Work.Gemm) Work.parse(shape), 1);
  }

  @Benchmark
  public Lap multiply() {
    return product.run(1, Long.MAX_VALUE);
  }

  @TearDown
  public void close() {
    product.close();
  }
}
