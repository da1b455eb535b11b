package dev.elbo.quality;

import dev.elbo.data.Batches;
import dev.elbo.data.Images;
import dev.elbo.tensor.Noise;
import dev.elbo.tensor.SparseRowSource;
import java.util.Arrays;

/**
 * Images in a new order each epoch, each moved by up to some pixels up or down and left or right;
 * what comes in is background. The move of an image is addressed by epoch and image.
 */
final class ShiftedImages implements SparseRowSource {
  /** What noise is for; the order is part of what the weights depend on. */
  private enum Use {
    ORDER,
    SHIFT
  }

  private static final float FULL = 255f;

  private final Images images;
  private final Batches batches;
  private final int farthest;
  private final Noise noise;
  private final byte[] down;
  private final byte[] right;

  ShiftedImages(Images images, int farthest, Noise noise) {
    this.images = images;
    this.batches = new Batches(images);
    this.farthest = farthest;
    this.noise = noise;
    this.down = new byte[images.count()];
    this.right = new byte[images.count()];
  }

  void atEpoch(int epoch) {
    batches.shuffle(noise.at(Use.ORDER.ordinal()).at(epoch));
    Noise moves = noise.at(Use.SHIFT.ordinal()).at(epoch);
    for (int i = 0; i < images.count(); i++) {
      Noise move = moves.at(i);
      down[i] = (byte) (move.below(2 * farthest + 1, 0) - farthest);
      right[i] = (byte) (move.below(2 * farthest + 1, 1) - farthest);
    }
  }

  /** Row 0 becomes the image at this place of the order. */
  void startAt(int place) {
    batches.startAt(place);
  }

  int label(int row) {
    return images.label(batches.image(row));
  }

  @Override
  public boolean isSparse() {
    return batches.isSparse();
  }

  @Override
  public void fill(int row, float[] values, int offset) {
    fill(row, values, offset, null, 0);
  }

  @Override
  public int fill(int row, float[] values, int offset, int[] list, int listOffset) {
    int image = batches.image(row);
    int height = images.height();
    int width = images.width();
    Arrays.fill(values, offset, offset + images.size(), 0f);
    int move = down[image] * width + right[image];
    int left = Math.max(0, right[image]);
    int end = Math.min(width, width + right[image]);
    int bottom = Math.min(height, height + down[image]);
    int count = 0;
    for (int y = Math.max(0, down[image]); y < bottom; y++) {
      int from = image * images.size() - move;
      for (int at = y * width + left; at < y * width + end; at++) {
        int level = images.pixels()[from + at] & 0xff;
        if (level != 0) {
          values[offset + at] = level / FULL;
          if (list != null) {
            list[listOffset + count] = at;
          }
          count++;
        }
      }
    }
    return count;
  }
}
