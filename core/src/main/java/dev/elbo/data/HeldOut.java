package dev.elbo.data;

import dev.elbo.tensor.Noise;
import dev.elbo.tensor.Noise.Purpose;
import java.util.Arrays;
import java.util.Optional;

/**
 * A part taken out of images. The test part of images that came without one is one in seven, as
 * MNIST's 10,000 of 70,000, at least 1 and at most 10,000. Which ones is a function of the noise
 * and the counts alone; both parts keep the order of the file.
 */
record HeldOut(Images train, Images test) {
  private static final int ONE_IN = 7;
  private static final int MOST = 10_000;

  /** How many of {@code count} images, 2 or more, are held out. */
  static int share(int count) {
    return Math.max(1, Math.min(MOST, count / ONE_IN));
  }

  static HeldOut of(Images all, long seed) {
    return of(all, share(all.count()), Noise.of(seed).at(Purpose.SPLIT));
  }

  /** Holds out {@code share} images, fewer than there are. */
  static HeldOut of(Images all, int share, Noise noise) {
    boolean[] held = new boolean[all.count()];
    int[] order = new int[all.count()];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < share; i++) { // the first steps of a Fisher–Yates shuffle
      int j = i + noise.below(order.length - i, i);
      int chosen = order[j];
      order[j] = order[i];
      order[i] = chosen;
      held[chosen] = true;
    }
    return new HeldOut(
        select(all, held, false, all.count() - share), select(all, held, true, share));
  }

  private static Images select(Images all, boolean[] held, boolean wanted, int count) {
    int size = all.size();
    byte[] pixels = new byte[count * size];
    Optional<byte[]> labels = all.labels().map(ignored -> new byte[count]);
    int to = 0;
    for (int i = 0; i < all.count(); i++) {
      if (held[i] == wanted) {
        System.arraycopy(all.pixels(), i * size, pixels, to * size, size);
        if (labels.isPresent()) {
          labels.get()[to] = all.labels().orElseThrow()[i];
        }
        to++;
      }
    }
    return new Images(count, all.height(), all.width(), pixels, labels);
  }
}
