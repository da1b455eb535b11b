package dev.elbo.latent;

import dev.elbo.algebra.Cholesky;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Matrix;

/**
 * A tile of points as each component sees them: y = L⁻¹(z − mean), with a 1 in the column after the
 * last, so that one product of y with itself yields count, sum and squares. The products are
 * floats, which is enough since y is of size 1 wherever a component counts; all sums over points
 * are doubles.
 */
final class WhitenedTile {
  static final int ROWS = 256;

  /** e⁻⁴⁰ beside 1 is lost in a double. */
  private static final double LEAST_LOG_RATIO = -40;

  private static final double LOG_TWO_PI = StrictMath.log(2 * StrictMath.PI);

  private final Kernels kernels;
  private final int columns;
  private final int stride;
  private final float[][] whitening;
  private final float[][] bias;
  private final double[] logScale;
  private final float[][] y;
  private final float[] zeros;
  private final float[] lanes = new float[Kernels.LANES];

  WhitenedTile(Components components, Kernels kernels) {
    this.kernels = kernels;
    columns = components.columns();
    stride = Kernels.padded(columns + 1);
    int count = components.count();
    whitening = new float[count][columns * stride];
    bias = new float[count][stride];
    logScale = new double[count];
    y = new float[count][ROWS * stride];
    zeros = new float[ROWS * stride];
    for (int k = 0; k < count; k++) {
      prepare(components, k);
    }
  }

  private void prepare(Components components, int k) {
    double[] factor = components.factors()[k];
    double[] inverse = Cholesky.inverse(factor, columns);
    double logDeterminant = 0;
    for (int i = 0; i < columns; i++) {
      double shift = 0;
      for (int j = 0; j <= i; j++) {
        whitening[k][j * stride + i] = (float) inverse[i * columns + j];
        shift += inverse[i * columns + j] * components.means()[k][j];
      }
      bias[k][i] = (float) -shift;
      logDeterminant += StrictMath.log(factor[i * columns + i]);
    }
    bias[k][columns] = 1f;
    logScale[k] =
        StrictMath.log(components.weights()[k]) - logDeterminant - 0.5 * columns * LOG_TWO_PI;
  }

  /** Takes up to {@link #ROWS} points from {@code from} on. */
  void load(Points points, int from, int rows) {
    for (int k = 0; k < y.length; k++) {
      kernels.multiply(
          rows,
          columns + 1,
          columns,
          new Matrix(points.values(), from * stride, stride, 1),
          0,
          Matrix.of(whitening[k], stride),
          Matrix.of(y[k], stride),
          0,
          Matrix.repeated(bias[k]));
    }
  }

  /** Writes log(weight·density) of a row under each component and returns the log of their sum. */
  double logDensities(int row, double[] logs) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < y.length; k++) {
      kernels.squaredError(zeros, y[k], null, row * stride, columns, lanes, 0);
      logs[k] = logScale[k] - 0.5 * Kernels.sumLanes(lanes, 0);
      most = Math.max(most, logs[k]);
    }
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      if (logs[k] - most > LEAST_LOG_RATIO) {
        sum += StrictMath.exp(logs[k] - most);
      }
    }
    return most + StrictMath.log(sum);
  }

  /** Row {@code row} of y of a component starts here in {@link #values}. */
  int at(int row) {
    return row * stride;
  }

  int stride() {
    return stride;
  }

  float[] values(int component) {
    return y[component];
  }
}
