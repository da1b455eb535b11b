package dev.elbo.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lists of set bits without a branch for each: the places of a byte's bits come from a table and
 * are written as eight numbers, of which the next byte overwrites those that are too many.
 */
final class VectorBitList {
  private static final VectorSpecies<Integer> EIGHT = IntVector.SPECIES_256;

  /** Narrower registers would hold eight numbers as objects. */
  static final boolean FITS = IntVector.SPECIES_PREFERRED.length() >= EIGHT.length();

  /** Of each byte the places of its set bits, ascending, and zeros. */
  private static final int[] PLACES = new int[(1 << Byte.SIZE) * Byte.SIZE];

  static {
    for (int bits = 0; bits < 1 << Byte.SIZE; bits++) {
      int count = 0;
      for (int place = 0; place < Byte.SIZE; place++) {
        if ((bits >> place & 1) != 0) {
          PLACES[bits * Byte.SIZE + count++] = place;
        }
      }
    }
  }

  private VectorBitList() {}

  static int list(byte[] marks, int from, int step, int bytes, int[] list) {
    int count = 0;
    for (int i = 0; i < bytes; i++) {
      int bits = marks[from + i * step] & 0xff;
      IntVector.fromArray(EIGHT, PLACES, bits * Byte.SIZE)
          .add(i * Byte.SIZE)
          .intoArray(list, count);
      count += Integer.bitCount(bits);
    }
    return count;
  }
}
