package dev.elbo.kernel;

import static dev.elbo.kernel.Elementary.*;
import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.INTS;
import static dev.elbo.kernel.VectorElementary.V_MINUS_HALF;
import static dev.elbo.kernel.VectorElementary.V_ONE;
import static dev.elbo.kernel.VectorElementary.V_ZERO;
import static dev.elbo.kernel.VectorElementary.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Threefry} and {@link Elementary#normal} on whole vectors. */
final class VectorNormals {
  private static final int WIDTH = FLOATS.length();

  /** 2²³: with an integer below it in the low bits, the float 2²³ + integer. */
  private static final int INTEGER_BITS = 0x4b000000;

  private static final FloatVector V_C0 = all(C0);
  private static final FloatVector V_C1 = all(C1);
  private static final FloatVector V_C2 = all(C2);
  private static final FloatVector V_S0 = all(S0);
  private static final FloatVector V_S1 = all(S1);
  private static final FloatVector V_S2 = all(S2);

  private VectorNormals() {}

  private static final IntVector IOTA = IntVector.zero(INTS).addIndex(1);

  /**
   * Fills whole groups of 32 columns. Two passes, each a method of its own that the compiler can
   * take in whole; between them the random words lie in {@code out} as bits.
   */
  static void fill(long key, float[] out, int offset, int columns) {
    for (int j = 0; j < columns; j += 2 * Kernels.LANES) {
      for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
        words(key, j / 2 + lane, out, offset + j + lane);
      }
    }
    for (int j = 0; j < columns; j += 2 * Kernels.LANES) {
      for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
        radius(out, offset + j + lane);
      }
    }
    for (int j = 0; j < columns; j += 2 * Kernels.LANES) {
      for (int lane = 0; lane < Kernels.LANES; lane += WIDTH) {
        turn(out, offset + j + lane);
      }
    }
  }

  /** The two words of the blocks of a vector of counters, the second ones 16 floats later. */
  private static void words(long key, int firstCounter, float[] out, int at) {
    IntVector counter = IOTA.add(firstCounter);
    int k0 = (int) (key >>> 32);
    int k1 = (int) key;
    int k2 = Threefry.PARITY ^ k0 ^ k1;
    IntVector x0 = IntVector.broadcast(INTS, k0);
    IntVector x1 = counter.add(k1);
    // Unrolled by hand: the compiler keeps x0 and x1 in registers and the distances constant.
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(k1);
    x1 = x1.add(k2 + 1);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(k2);
    x1 = x1.add(k0 + 2);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(k0);
    x1 = x1.add(k1 + 3);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(k1);
    x1 = x1.add(k2 + 4);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(x1);
    x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
    x0 = x0.add(k2);
    x1 = x1.add(k0 + 5);
    x0.reinterpretAsFloats().intoArray(out, at);
    x1.reinterpretAsFloats().intoArray(out, at + Kernels.LANES);
  }

  /** The first words become radii, √(−ln u). */
  private static void radius(float[] out, int at) {
    IntVector word0 = FloatVector.fromArray(FLOATS, out, at).reinterpretAsInts();
    // (float) (word0 >>> 1) in two exact halves and one rounding; the conversion itself is slow.
    FloatVector high = small(word0.lanewise(VectorOperators.LSHR, 17));
    FloatVector low =
        small(word0.lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.AND, 0xffff));
    FloatVector u = high.fma(all(0x1p16f), low).add(0.5f).mul(0x1p-31f);
    VectorElementary.log(u).neg().max(V_ZERO).sqrt().intoArray(out, at);
  }

  /** Radii and the second words become pairs of deviates. */
  private static void turn(float[] out, int at) {
    FloatVector radius = FloatVector.fromArray(FLOATS, out, at);
    IntVector word1 = FloatVector.fromArray(FLOATS, out, at + Kernels.LANES).reinterpretAsInts();
    FloatVector phi =
        small(word1.lanewise(VectorOperators.LSHR, 9))
            .sub(0x1p22f)
            .add(0.5f)
            .mul(0x1p-23f * HALF_PI);
    FloatVector square = phi.mul(phi);
    FloatVector s = square.mul(phi).fma(V_S2.fma(square, V_S1).fma(square, V_S0), phi);
    FloatVector c = V_C2.fma(square, V_C1).fma(square, V_C0);
    c = square.mul(square).fma(c, square.fma(V_MINUS_HALF, V_ONE));
    signed(radius.mul(c.sub(s)), word1.lanewise(VectorOperators.LSHL, 31)).intoArray(out, at);
    signed(radius.mul(c.add(s)), word1.lanewise(VectorOperators.LSHL, 30))
        .intoArray(out, at + Kernels.LANES);
  }

  private static FloatVector small(IntVector below23Bits) {
    return below23Bits.add(INTEGER_BITS).reinterpretAsFloats().sub(0x1p23f);
  }

  private static FloatVector signed(FloatVector magnitude, IntVector sign) {
    IntVector bit = sign.lanewise(VectorOperators.AND, Integer.MIN_VALUE);
    return magnitude.reinterpretAsInts().lanewise(VectorOperators.XOR, bit).reinterpretAsFloats();
  }
}
