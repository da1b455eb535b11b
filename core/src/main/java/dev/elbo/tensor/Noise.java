package dev.elbo.tensor;

import dev.elbo.kernel.Threefry;

/**
 * Addressed random numbers: a draw is a pure function of where it is used, so neither the batch it
 * came in, nor the thread, nor the moment matters.
 *
 * <p>A noise is a 64-bit key; {@link #at} folds an address into it and {@link #word} reads the
 * stream below it. Both are {@link Threefry}.
 */
public record Noise(long key) {

  /** What a draw is for; the first part of every address. The order is part of the format. */
  public enum Purpose {
    INITIALIZATION,
    SHUFFLE,
    POSTERIOR,
    PRIOR,
    BINARIZATION,
    SPLIT,
    PEN_DIGITS,
    MIXTURE,
    CLASSIFIER,
    MAP
  }

  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  public static Noise of(long seed) {
    return new Noise(seed);
  }

  public Noise at(Purpose purpose) {
    return at(purpose.ordinal());
  }

  /** The noise at a sub-address of 0 or more; nests: {@code noise.at(a).at(b)}. */
  public Noise at(long address) {
    return new Noise(Threefry.block(key, address));
  }

  /** The key of {@link #at}, for where an object a row would be garbage. */
  public long keyAt(long address) {
    return Threefry.block(key, address);
  }

  /** 64 random bits; equal counters give equal bits. */
  public long word(int counter) {
    return Threefry.block(key, Long.MIN_VALUE | (counter & 0xffffffffL));
  }

  /** Uniform on [0, 1) in steps of 2⁻⁵³. */
  public double uniform(int counter) {
    return (word(counter) >>> 11) * TWO_TO_MINUS_53;
  }

  /** Uniform on {0, …, bound − 1}: the high word of a product; the bias is below bound·2⁻⁶³. */
  public int below(int bound, int counter) {
    assert bound > 0;
    return (int) Math.multiplyHigh(word(counter) >>> 1, (long) bound << 1);
  }
}
