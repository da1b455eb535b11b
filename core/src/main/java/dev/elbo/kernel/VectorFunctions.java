package dev.elbo.kernel;

import static dev.elbo.kernel.VectorElementary.FLOATS;
import static dev.elbo.kernel.VectorElementary.V_ONE;
import static dev.elbo.kernel.VectorKernels.load;
import static dev.elbo.kernel.VectorKernels.store;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The element functions and their slopes, on whole vectors. A method each: in one method with a
 * switch the compiler runs out of its budget for inlining, and then vectors become garbage.
 */
final class VectorFunctions {
  private static final int WIDTH = FLOATS.length();

  private VectorFunctions() {}

  static void relu(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j += WIDTH) {
      load(x, j).max(0f).intoArray(y, j);
    }
  }

  static void tanh(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j += WIDTH) {
      VectorElementary.tanh(load(x, j)).intoArray(y, j);
    }
  }

  static void sigmoid(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j += WIDTH) {
      VectorElementary.sigmoid(load(x, j)).intoArray(y, j);
    }
  }

  static void softplus(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j += WIDTH) {
      VectorElementary.softplus(load(x, j)).intoArray(y, j);
    }
  }

  static void bound(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j += WIDTH) {
      VectorElementary.bound(load(x, j)).intoArray(y, j);
    }
  }

  static void reluBackward(float[] y, float[] dy, float[] dx, int from, int to, boolean adds) {
    for (int j = from; j < to; j += WIDTH) {
      IntVector bits = load(y, j).reinterpretAsInts();
      IntVector keep = bits.neg().lanewise(VectorOperators.ASHR, 31);
      IntVector kept = load(dy, j).reinterpretAsInts().lanewise(VectorOperators.AND, keep);
      store(kept.reinterpretAsFloats(), dx, j, adds);
    }
  }

  static void tanhBackward(float[] y, float[] dy, float[] dx, int from, int to, boolean adds) {
    for (int j = from; j < to; j += WIDTH) {
      FloatVector value = load(y, j);
      store(value.neg().fma(value, V_ONE).mul(load(dy, j)), dx, j, adds);
    }
  }

  static void sigmoidBackward(float[] y, float[] dy, float[] dx, int from, int to, boolean adds) {
    for (int j = from; j < to; j += WIDTH) {
      FloatVector value = load(y, j);
      store(value.neg().fma(value, value).mul(load(dy, j)), dx, j, adds);
    }
  }

  static void softplusBackward(float[] y, float[] dy, float[] dx, int from, int to, boolean adds) {
    for (int j = from; j < to; j += WIDTH) {
      FloatVector slope = VectorElementary.expm1OfNegative(load(y, j).neg()).neg();
      store(slope.mul(load(dy, j)), dx, j, adds);
    }
  }

  static void boundBackward(float[] y, float[] dy, float[] dx, int from, int to, boolean adds) {
    for (int j = from; j < to; j += WIDTH) {
      FloatVector excess = load(y, j).abs().sub(Elementary.BOUND).max(0f);
      FloatVector u = excess.mul(1f / Elementary.SLACK);
      store(u.neg().fma(u, V_ONE).mul(load(dy, j)), dx, j, adds);
    }
  }
}
