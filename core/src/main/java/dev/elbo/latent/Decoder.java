package dev.elbo.latent;

import dev.elbo.kernel.Kernels;
import dev.elbo.kernel.Team;
import dev.elbo.model.Vae;
import dev.elbo.tensor.Tape;
import dev.elbo.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/** Codes z₁ to images. Owns its buffers; not for several threads at once. */
public final class Decoder {
  private static final int ROWS = 128;

  private final int latentSize;
  private final Tape tape;
  private final Tensor mean;
  private float[] codes = {};
  private IntUnaryOperator labels;
  private int start;

  public Decoder(Vae vae) {
    this(vae, Kernels.best());
  }

  public Decoder(Vae vae, Kernels kernels) {
    this(vae, kernels, new Team(1), ROWS);
  }

  /**
   * @param team the threads it computes with; any number gives the same bits
   * @param rows the most that are computed at once
   */
  public Decoder(Vae vae, Kernels kernels, Team team, int rows) {
    latentSize = vae.config().latentSize();
    tape = new Tape(rows, kernels, team);
    Tensor z = tape.input("z", latentSize, this::fill);
    mean = vae.given(tape, row -> labels.applyAsInt(start + row)).decode(z).mean();
  }

  private void fill(int row, float[] values, int offset) {
    System.arraycopy(codes, (start + row) * latentSize, values, offset, latentSize);
  }

  /** E[x|z] of codes [count, latent]: images [count, pixels] with values in [0, 1]. */
  public float[] decode(float[] z) {
    return decode(z, Decoder::noLabel);
  }

  private static int noLabel(int code) {
    throw new IllegalStateException("a conditional model needs the label of code " + code);
  }

  /**
   * @param labelOfCode the class of code i, which a conditional model asks for
   */
  public float[] decode(float[] z, IntUnaryOperator labelOfCode) {
    codes = z;
    labels = labelOfCode;
    int count = z.length / latentSize;
    float[] images = new float[count * mean.columns()];
    for (start = 0; start < count; start += tape.capacity()) {
      int rows = Math.min(tape.capacity(), count - start);
      tape.forward(rows);
      Rows.copy(mean, rows, images, start);
    }
    return images;
  }
}
