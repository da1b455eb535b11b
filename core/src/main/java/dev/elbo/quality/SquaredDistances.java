package dev.elbo.quality;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;
import dev.elbo.kernel.Team;
import dev.elbo.tensor.RowSource;

/**
 * ‖q − r‖² = ‖q‖² − 2(q·r − ½‖r‖²) of every query and every reference, the brackets by matrix
 * products of the kernels: in floats, whose rounding near zero is that of the norms.
 */
final class SquaredDistances {
  /**
   * References that are held at once, transposed; with 784 columns they fit a second-level cache.
   */
  private static final int BLOCK = 256;

  /** Queries that go through a product together. */
  private static final int ROWS = 64;

  private final Vectors queries;
  private final Kernels kernels;
  private final Team team;
  private final float[] norms;
  private final float[][] products;

  /** Takes the distances of a query to references {@code first}, first + 1, …, ascending. */
  interface Visitor {
    void see(int query, int first, int count, float[] squared, int offset);
  }

  SquaredDistances(Vectors queries, Kernels kernels, Team team) {
    this.queries = queries;
    this.kernels = kernels;
    this.team = team;
    this.norms = new float[queries.count()];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = (float) queries.squaredNorm(i);
    }
    this.products = new float[team.size()][ROWS * BLOCK];
  }

  /**
   * Shows each query its distances, block by block of the references. A query is seen by one thread
   * at a time, different ones by several.
   */
  void visit(RowSource references, int count, Visitor visitor) {
    Vectors block = Vectors.of(BLOCK, queries.columns());
    float[] transposed = new float[block.stride() * BLOCK];
    float[] halfNorms = new float[BLOCK];
    for (int first = 0; first < count; first += BLOCK) {
      int size = Math.min(BLOCK, count - first);
      for (int r = 0; r < size; r++) {
        references.fill(first + r, block.values(), r * block.stride());
        halfNorms[r] = (float) (-0.5 * block.squaredNorm(r));
        for (int j = 0; j < block.columns(); j++) {
          transposed[j * BLOCK + r] = block.values()[r * block.stride() + j];
        }
      }
      int from = first;
      team.run(worker -> work(worker, transposed, halfNorms, from, size, visitor));
    }
  }

  private void work(
      int worker, float[] transposed, float[] halfNorms, int first, int size, Visitor visitor) {
    float[] out = products[worker];
    for (int at = worker * ROWS; at < queries.count(); at += team.size() * ROWS) {
      int rows = Math.min(ROWS, queries.count() - at);
      kernels.multiply(
          rows,
          size,
          queries.columns(),
          Matrix.of(queries.values(), queries.stride()),
          at,
          Matrix.of(transposed, BLOCK),
          Matrix.of(out, BLOCK),
          0,
          Matrix.repeated(halfNorms));
      for (int row = 0; row < rows; row++) {
        for (int j = row * BLOCK; j < row * BLOCK + size; j++) {
          out[j] = Math.max(0f, norms[at + row] - 2f * out[j]);
        }
        visitor.see(at + row, first, size, out, row * BLOCK);
      }
    }
  }
}
