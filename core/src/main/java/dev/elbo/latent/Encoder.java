package dev.elbo.latent;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;

/** Images to posteriors. Owns its buffers and one thread; not for several threads at once. */
public final class Encoder {
  private static final int ROWS = 128;

  private final int latentSize;
  private final Tape tape;
  private final DiagonalGaussian q;
  private RowSource images;
  private int start;

  public Encoder(Vae vae) {
    latentSize = vae.config().latentSize();
    tape = new Tape(ROWS, Kernels.best(), new Team(1));
    Tensor x =
        tape.input(
            "x",
            vae.config().inputSize(),
            (row, values, offset) -> images.fill(start + row, values, offset));
    q = vae.encode(x);
  }

  /**
   * @param source row i is image i, its pixels in [0, 1]
   */
  public Codes encode(RowSource source, int count) {
    images = source;
    float[] mu = new float[count * latentSize];
    float[] logVar = new float[count * latentSize];
    for (start = 0; start < count; start += ROWS) {
      int rows = Math.min(ROWS, count - start);
      tape.forward(rows);
      Rows.copy(q.mu(), rows, mu, start);
      Rows.copy(q.logVar(), rows, logVar, start);
    }
    return new Codes(count, latentSize, mu, logVar);
  }
}
