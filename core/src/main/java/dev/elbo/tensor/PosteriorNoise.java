package dev.elbo.tensor;

import dev.elbo.kernel.Threefry;
import java.util.function.IntUnaryOperator;

/**
 * The noise of z ~ q(z|x): addressed by layer, step, image and sample, so that an image gets the
 * same draw in whatever row of whatever batch it comes.
 */
public final class PosteriorNoise implements RowNoise {
  /** The "step" of draws outside training, which counts from 1. */
  public static final long TEST = 0;

  private static final int FIRST_LAYER = 0;

  private final Noise posterior;
  private final Noise first;
  private final IntUnaryOperator imageOfRow;
  private volatile long step;
  private volatile long stepKey;
  private volatile int firstSample;

  /**
   * @param imageOfRow the index in the data set of the image in a row
   */
  public PosteriorNoise(long seed, IntUnaryOperator imageOfRow) {
    this.posterior = Noise.of(seed).at(Noise.Purpose.POSTERIOR);
    this.first = posterior.at(FIRST_LAYER);
    this.imageOfRow = imageOfRow;
    atStep(TEST);
  }

  public void atStep(long number) {
    step = number;
    stepKey = first.keyAt(number);
  }

  /** From now on an image's sample 0 is this one: many samples, drawn a few at a time. */
  public void fromSample(int first) {
    firstSample = first;
  }

  @Override
  public long key(int row, int sample) {
    long image = Threefry.block(stepKey, imageOfRow.applyAsInt(row));
    return Threefry.block(image, firstSample + sample);
  }

  /** A view: it follows the steps and samples of this one. */
  @Override
  public RowNoise layer(int number) {
    if (number == FIRST_LAYER) {
      return this;
    }
    Noise own = posterior.at(number);
    return (row, sample) -> {
      long image = Threefry.block(own.keyAt(step), imageOfRow.applyAsInt(row));
      return Threefry.block(image, firstSample + sample);
    };
  }
}
