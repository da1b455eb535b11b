package dev.elbo.tensor;

import dev.elbo.kernel.LatentKernels;
import java.util.List;

/** out = (1/n) Σᵣ x[r] over all n rows of a batch, r ascending, and dx[r] = dout/n. */
final class MeanOverBatch implements AcrossRows {
  private final LatentKernels kernels;
  private final Tensor x;
  private final Tensor out;
  private int rows;
  private boolean adds;

  private MeanOverBatch(LatentKernels kernels, Tensor x, Tensor out) {
    this.kernels = kernels;
    this.x = x;
    this.out = out;
  }

  static MeanOverBatch of(LatentKernels kernels, String name, Tensor x) {
    if (!x.axis().ofBatch()) {
      throw new IllegalArgumentException(x.name() + " has no row for each image");
    }
    RowAxis one = RowAxis.fixed(1);
    Tensor out =
        x.stride() == 1
            ? Tensor.numbers(x.tape(), name, one, x.trainable())
            : Tensor.matrix(x.tape(), name, one, x.columns(), x.trainable());
    return new MeanOverBatch(kernels, x, out);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }

  @Override
  public Tensor output() {
    return out;
  }

  @Override
  public boolean readsAllRowsOf(int input) {
    return true;
  }

  @Override
  public void begin(int images) {
    rows = x.axis().count(images);
  }

  @Override
  public void forward(int from, int to, boolean learning) {
    float[] mean = out.values();
    kernels.sumRows(x.values(), 0, x.stride(), rows, mean, 0, x.columns(), false);
    for (int j = 0; j < x.columns(); j++) {
      mean[j] /= rows;
    }
  }

  @Override
  public void backward(int from, int to) {
    // All that it reads it reads across rows.
  }

  @Override
  public void backwardAcross(int from, int to) {
    float[] dx = x.gradient();
    for (int row = from; row < to; row++) {
      int at = row * x.stride();
      for (int j = 0; j < x.columns(); j++) {
        float given = out.gradient()[j] / rows;
        dx[at + j] = adds ? dx[at + j] + given : given;
      }
    }
  }

  @Override
  public void wantGradients(boolean[] adds) {
    this.adds = adds[0];
  }
}
