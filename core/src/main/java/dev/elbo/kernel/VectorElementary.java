package dev.elbo.kernel;

import static dev.elbo.kernel.Elementary.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Elementary}, operation by operation, on whole vectors. */
final class VectorElementary {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private static final FloatVector V_E0 = all(E0);
  private static final FloatVector V_E1 = all(E1);
  private static final FloatVector V_E2 = all(E2);
  private static final FloatVector V_E3 = all(E3);
  private static final FloatVector V_E4 = all(E4);
  private static final FloatVector V_EXP_MAX = all(EXP_MAX);
  private static final FloatVector V_EXP_MIN = all(EXP_MIN);
  private static final FloatVector V_L0 = all(L0);
  private static final FloatVector V_L1 = all(L1);
  private static final FloatVector V_L2 = all(L2);
  private static final FloatVector V_L3 = all(L3);
  private static final FloatVector V_L4 = all(L4);
  private static final FloatVector V_L5 = all(L5);
  private static final FloatVector V_L6 = all(L6);
  private static final FloatVector V_L7 = all(L7);
  private static final FloatVector V_L8 = all(L8);
  private static final FloatVector V_LN2_HIGH = all(LN2_HIGH);
  private static final FloatVector V_LN2_LOW = all(LN2_LOW);
  private static final FloatVector V_LOG2_E = all(LOG2_E);
  private static final FloatVector V_MINUS_LN2_HIGH = all(-LN2_HIGH);
  private static final FloatVector V_MINUS_LN2_LOW = all(-LN2_LOW);
  private static final FloatVector V_P0 = all(P0);
  private static final FloatVector V_P1 = all(P1);
  private static final FloatVector V_P2 = all(P2);
  private static final FloatVector V_P3 = all(P3);
  private static final FloatVector V_P4 = all(P4);
  private static final FloatVector V_P5 = all(P5);
  private static final FloatVector V_P6 = all(P6);
  private static final FloatVector V_P7 = all(P7);
  private static final FloatVector V_P8 = all(P8);
  private static final FloatVector V_P9 = all(P9);
  private static final FloatVector V_ROUND = all(ROUND);
  private static final FloatVector V_SLACK = all(SLACK);
  private static final IntVector V_EXPONENT_ZERO = IntVector.broadcast(INTS, 0x3f800000);
  static final FloatVector V_MINUS_HALF = all(-0.5f);
  static final FloatVector V_HALF = all(0.5f);
  static final FloatVector V_ONE = all(1f);
  static final FloatVector V_ZERO = all(0f);

  private static final IntVector V_LARGEST_MAGNITUDE =
      IntVector.broadcast(INTS, LARGEST_MAGNITUDE_BITS);

  private static final FloatVector V_CROSSING = all(CROSSING);
  private static final FloatVector V_D0 = all(D0);
  private static final FloatVector V_D1 = all(D1);
  private static final FloatVector V_D2 = all(D2);
  private static final FloatVector V_D3 = all(D3);
  private static final FloatVector V_D4 = all(D4);
  private static final FloatVector V_DECAY_AT_CROSSING = all(DECAY_AT_CROSSING);
  private static final FloatVector V_G0 = all(G0);
  private static final FloatVector V_G1 = all(G1);
  private static final FloatVector V_G2 = all(G2);
  private static final FloatVector V_G3 = all(G3);
  private static final FloatVector V_G4 = all(G4);
  private static final FloatVector V_CENTRE_AT_CROSSING = all(CENTRE_AT_CROSSING);

  private VectorElementary() {}

  static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.max(V_EXP_MIN).min(V_EXP_MAX);
    FloatVector shifted = clamped.fma(V_LOG2_E, V_ROUND);
    FloatVector q = expm1OfRemainder(clamped, shifted.sub(V_ROUND));
    FloatVector scale = powerOfTwo(shifted);
    return scale.fma(q, scale);
  }

  static FloatVector expm1OfNegative(FloatVector x) {
    FloatVector clamped = x.max(V_EXP_MIN);
    FloatVector shifted = clamped.fma(V_LOG2_E, V_ROUND);
    FloatVector q = expm1OfRemainder(clamped, shifted.sub(V_ROUND));
    FloatVector scale = powerOfTwo(shifted);
    return scale.fma(q, scale.sub(V_ONE));
  }

  static FloatVector expOfMinus(FloatVector m) {
    FloatVector x = m.reinterpretAsInts().min(V_LARGEST_MAGNITUDE).reinterpretAsFloats().neg();
    FloatVector shifted = x.fma(V_LOG2_E, V_ROUND);
    FloatVector q = expm1OfRemainder(x, shifted.sub(V_ROUND));
    FloatVector scale = powerOfTwo(shifted);
    return scale.fma(q, scale);
  }

  private static FloatVector expm1OfRemainder(FloatVector x, FloatVector n) {
    FloatVector r = n.fma(V_MINUS_LN2_LOW, n.fma(V_MINUS_LN2_HIGH, x));
    FloatVector p = V_E4.fma(r, V_E3).fma(r, V_E2).fma(r, V_E1).fma(r, V_E0);
    return r.mul(r).fma(p, r);
  }

  private static FloatVector powerOfTwo(FloatVector shifted) {
    return shifted
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, 23)
        .add(V_EXPONENT_ZERO)
        .reinterpretAsFloats();
  }

  static FloatVector log1pOfUnit(FloatVector e) {
    FloatVector p = V_P9.fma(e, V_P8);
    p = p.fma(e, V_P7).fma(e, V_P6).fma(e, V_P5).fma(e, V_P4);
    p = p.fma(e, V_P3).fma(e, V_P2).fma(e, V_P1).fma(e, V_P0);
    return p.mul(e);
  }

  static FloatVector log(FloatVector x) {
    IntVector shifted = x.reinterpretAsInts().sub(SQRT_HALF_BITS);
    IntVector exponent = shifted.lanewise(VectorOperators.ASHR, 23);
    FloatVector n = exponent.add(0x4b400000).reinterpretAsFloats().sub(V_ROUND);
    FloatVector f =
        shifted
            .lanewise(VectorOperators.AND, 0x007fffff)
            .add(SQRT_HALF_BITS)
            .reinterpretAsFloats()
            .sub(V_ONE);
    FloatVector p = V_L8.fma(f, V_L7).fma(f, V_L6).fma(f, V_L5).fma(f, V_L4);
    p = p.fma(f, V_L3).fma(f, V_L2).fma(f, V_L1).fma(f, V_L0);
    FloatVector square = f.mul(f);
    FloatVector tail = square.mul(f).fma(p, n.mul(V_LN2_LOW));
    FloatVector rest = square.fma(V_MINUS_HALF, tail).add(f);
    return n.fma(V_LN2_HIGH, rest);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x);
    return e.div(V_ONE.add(e));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector t = expm1OfNegative(x.abs().mul(-2f));
    return copySign(t.abs().div(t.add(2f)), x);
  }

  static FloatVector softplus(FloatVector x) {
    return x.max(V_ZERO).add(log1pOfUnit(expOfMinus(x.abs())));
  }

  static FloatVector bound(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector excess = magnitude.sub(BOUND).max(0f).mul(1f / SLACK);
    FloatVector t = expm1OfNegative(excess.mul(-2f));
    FloatVector bent = V_SLACK.fma(t.neg().div(t.add(2f)), magnitude.min(BOUND));
    return copySign(bent, x);
  }

  static FloatVector logMeanDecay(FloatVector m) {
    FloatVector near = m.min(V_CROSSING);
    FloatVector square = near.mul(near);
    FloatVector p = V_D4.fma(square, V_D3).fma(square, V_D2).fma(square, V_D1).fma(square, V_D0);
    FloatVector series = square.fma(p, near.mul(V_MINUS_HALF));
    FloatVector far = m.max(V_CROSSING);
    FloatVector logOfMean = log(expm1OfNegative(far.neg()).neg().div(far));
    return series.add(logOfMean.sub(V_DECAY_AT_CROSSING));
  }

  static FloatVector decayCentre(FloatVector m) {
    FloatVector near = m.min(V_CROSSING);
    FloatVector square = near.mul(near);
    FloatVector p = V_G4.fma(square, V_G3).fma(square, V_G2).fma(square, V_G1).fma(square, V_G0);
    FloatVector series = near.neg().fma(p, V_HALF);
    FloatVector far = m.max(V_CROSSING);
    FloatVector e = expOfMinus(far);
    FloatVector rest = V_ONE.sub(e);
    FloatVector centre = far.min(V_EXP_MAX).neg().fma(e, rest).div(far.mul(rest));
    return series.mul(centre.div(V_CENTRE_AT_CROSSING));
  }

  static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
    IntVector bit = sign.reinterpretAsInts().lanewise(VectorOperators.AND, Integer.MIN_VALUE);
    return magnitude.reinterpretAsInts().lanewise(VectorOperators.OR, bit).reinterpretAsFloats();
  }
}
