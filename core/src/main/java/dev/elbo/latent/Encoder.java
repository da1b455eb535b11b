package dev.elbo.latent;

import dev.elbo.distribution.DiagonalGaussian;
import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/** Images to posteriors, q(z₁|x). Owns its buffers; not for several threads at once. */
public final class Encoder {
  private static final int ROWS = 128;

  private final int latentSize;
  private final Tape tape;
  private final DiagonalGaussian q;
  private RowSource images;
  private IntUnaryOperator labels;
  private int start;

  public Encoder(Vae vae) {
    this(vae, Kernels.best());
  }

  public Encoder(Vae vae, Kernels kernels) {
    this(vae, kernels, new Team(1), ROWS);
  }

  /**
   * @param team the threads it computes with; any number gives the same bits
   * @param rows the most that are computed at once
   */
  public Encoder(Vae vae, Kernels kernels, Team team, int rows) {
    latentSize = vae.config().latentSize();
    tape = new Tape(rows, kernels, team);
    Tensor x =
        tape.input(
            "x",
            vae.config().inputSize(),
            (row, values, offset) -> images.fill(start + row, values, offset));
    q = vae.given(tape, row -> labels.applyAsInt(start + row)).encode(x);
  }

  /**
   * @param source row i is image i, its pixels in [0, 1]
   */
  public Codes encode(RowSource source, int count) {
    return encode(source, Encoder::noLabel, count);
  }

  private static int noLabel(int image) {
    throw new IllegalStateException("a conditional model needs the label of image " + image);
  }

  /**
   * @param labelOfImage the class of image i, which a conditional model asks for
   */
  public Codes encode(RowSource source, IntUnaryOperator labelOfImage, int count) {
    images = source;
    labels = labelOfImage;
    float[] mu = new float[count * latentSize];
    float[] logVar = new float[count * latentSize];
    for (start = 0; start < count; start += tape.capacity()) {
      int rows = Math.min(tape.capacity(), count - start);
      tape.forward(rows);
      Rows.copy(q.mu(), rows, mu, start);
      Rows.copy(q.logVar(), rows, logVar, start);
    }
    return new Codes(count, latentSize, mu, logVar);
  }
}
