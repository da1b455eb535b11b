package dev.elbo.tensor;

/**
 * Addressed random numbers: a draw is a pure function of where it is used, so neither the batch it
 * came in, nor the thread, nor the moment matters.
 *
 * <p>A noise is a 64-bit key; {@link #at} folds an address into it and {@link #word} reads the
 * stream below it. Both are Threefry-2x32 with 20 rounds (Salmon et al. 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"); the tests hold its published known answers.
 */
public record Noise(int key0, int key1) {

  /** What a draw is for; the first part of every address. The order is part of the format. */
  public enum Purpose {
    INITIALIZATION,
    SHUFFLE,
    POSTERIOR,
    PRIOR,
    BINARIZATION,
    SPLIT,
    PEN_DIGITS
  }

  private static final int PARITY = 0x1BD11BDA;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  public static Noise of(long seed) {
    return new Noise((int) (seed >>> 32), (int) seed);
  }

  public Noise at(Purpose purpose) {
    return at(purpose.ordinal());
  }

  /** The noise at a sub-address; nests: {@code noise.at(a).at(b)}. */
  public Noise at(long address) {
    long block = threefry(key0, key1, (int) (address >>> 32), (int) address);
    return new Noise((int) (block >>> 32), (int) block);
  }

  /** 64 random bits; equal counters give equal bits. */
  public long word(int counter) {
    return threefry(key0, key1, 0x80000000, counter);
  }

  /** Uniform on [0, 1) in steps of 2⁻⁵³. */
  public double uniform(int counter) {
    return (word(counter) >>> 11) * TWO_TO_MINUS_53;
  }

  /**
   * Uniform on {0, …, bound − 1}: the high 64 bits of a 96-bit product, so that the rule is fixed
   * and the bias is below bound·2⁻⁶⁴.
   */
  public int below(int bound, int counter) {
    assert bound > 0;
    return (int) Math.multiplyHigh(word(counter) >>> 1, (long) bound << 1);
  }

  /** One block of Threefry-2x32-20: key (k0, k1), counter (c0, c1); the two words as one long, first word high. */
  public static long threefry(int k0, int k1, int c0, int c1) {
    int k2 = PARITY ^ k0 ^ k1;
    int x0 = c0 + k0;
    int x1 = c1 + k1;
    x0 += x1; x1 = Integer.rotateLeft(x1, 13) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 15) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 26) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 6) ^ x0;
    x0 += k1; x1 += k2 + 1;
    x0 += x1; x1 = Integer.rotateLeft(x1, 17) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 29) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 16) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 24) ^ x0;
    x0 += k2; x1 += k0 + 2;
    x0 += x1; x1 = Integer.rotateLeft(x1, 13) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 15) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 26) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 6) ^ x0;
    x0 += k0; x1 += k1 + 3;
    x0 += x1; x1 = Integer.rotateLeft(x1, 17) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 29) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 16) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 24) ^ x0;
    x0 += k1; x1 += k2 + 4;
    x0 += x1; x1 = Integer.rotateLeft(x1, 13) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 15) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 26) ^ x0;
    x0 += x1; x1 = Integer.rotateLeft(x1, 6) ^ x0;
    x0 += k2; x1 += k0 + 5;
    return ((long) x0 << 32) | (x1 & 0xffffffffL);
  }
}
