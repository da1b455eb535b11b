package dev.elbo.kernel;

/**
 * Threefry-2x32 with 20 rounds, the counter-based generator of Salmon et al. 2011 ("Parallel random
 * numbers: as easy as 1, 2, 3"); the tests hold its published known answers.
 */
public final class Threefry {
  /** The constant that the Threefish key schedule folds into the last key word. */
  static final int PARITY = 0x1BD11BDA;

  private Threefry() {}

  /** The block of a key at a counter; each is two 32-bit words, the first one in the high half. */
  public static long block(long key, long counter) {
    int k0 = (int) (key >>> 32);
    int k1 = (int) key;
    int k2 = PARITY ^ k0 ^ k1;
    int x0 = (int) (counter >>> 32) + k0;
    int x1 = (int) counter + k1;
    for (int group = 1; group <= 5; group++) {
      boolean odd = (group & 1) == 1;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 13 : 17) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 15 : 29) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 26 : 16) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 6 : 24) ^ x0;
      int spare = k0;
      k0 = k1;
      k1 = k2;
      k2 = spare;
      x0 += k0;
      x1 += k1 + group;
    }
    return ((long) x0 << 32) | (x1 & 0xffffffffL);
  }
}
