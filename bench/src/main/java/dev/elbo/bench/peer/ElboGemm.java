package dev.elbo.bench.peer;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;
import dev.elbo.kernel.Team;

/** The matrix kernel, the rows of c split evenly over a team. */
public final class ElboGemm implements Task {
  private final Team team;
  private final Team.Job job;

  public ElboGemm(Work.Gemm work, int threads) {
    Kernels kernels = Kernels.best();
    int m = work.m();
    int paddedM = Kernels.padded(m);
    int stride = Kernels.padded(work.n());
    float[] values = filled(paddedM * work.k());
    Matrix a = // [m, k]
        work.transposed() ? Matrix.of(values, paddedM).transposed() : Matrix.of(values, work.k());
    Matrix b = Matrix.of(filled(work.k() * stride), stride); // [k, n]
    Matrix c = Matrix.of(new float[paddedM * stride], stride); // [m, n]
    int share = (m + threads * Kernels.TILE - 1) / (threads * Kernels.TILE) * Kernels.TILE;
    team = new Team(threads);
    job =
        worker -> {
          int from = Math.min(m, worker * share);
          int rows = Math.min(m, from + share) - from;
          if (rows > 0) {
            kernels.multiply(rows, work.n(), work.k(), a, from, b, c, from, null);
          }
        };
  }

  private static float[] filled(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (i % 17 - 8) / 16f;
    }
    return values;
  }

  @Override
  public Lap run(int steps, long limitNanos) {
    return Lap.of(
        steps,
        limitNanos,
        () -> {
          team.run(job);
          return 0;
        });
  }

  @Override
  public void close() {
    team.close();
  }
}
