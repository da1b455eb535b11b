package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementaryTest {
  /** A prime, so that the patterns of the sweep differ in all their bits. */
  private static final int STRIDE = 997;

  private static final int BUFFER = 4096;

  private interface FloatFunction {
    float of(float x);
  }

  /** Each with the domain of its stated error, the error in ulp, and a CRC of the sweep's bits. */
  private enum Function {
    EXP(Elementary::exp, VectorElementary::exp, StrictMath::exp, -87f, 88f, 1.1, 0x676c23f6L),
    EXP_OF_MINUS(
        Elementary::expOfMinus,
        VectorElementary::expOfMinus,
        m -> StrictMath.exp(-m),
        0f,
        87f,
        1.1,
        0xb71c3259L),
    EXPM1(
        Elementary::expm1OfNegative,
        VectorElementary::expm1OfNegative,
        StrictMath::expm1,
        -87f,
        0f,
        1.0,
        0xf1fb4bacL),
    LOG1P(
        Elementary::log1pOfUnit,
        VectorElementary::log1pOfUnit,
        StrictMath::log1p,
        0f,
        1f,
        2.0,
        0x365ffb88L),
    LOG(
        Elementary::log,
        VectorElementary::log,
        StrictMath::log,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        1.0,
        0x145c30d1L),
    SIGMOID(
        Elementary::sigmoid,
        VectorElementary::sigmoid,
        x -> 1 / (1 + StrictMath.exp(-x)),
        -87f,
        Float.POSITIVE_INFINITY,
        3.0,
        0x3b3c9b4cL),
    TANH(
        Elementary::tanh,
        VectorElementary::tanh,
        StrictMath::tanh,
        Float.NEGATIVE_INFINITY,
        Float.POSITIVE_INFINITY,
        3.0,
        0xcdeb32a9L),
    SOFTPLUS(
        Elementary::softplus,
        VectorElementary::softplus,
        x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
        -87f,
        Float.MAX_VALUE,
        3.0,
        0x42802f15L),
    BOUND(
        Elementary::bound,
        VectorElementary::bound,
        ElementaryTest::exactBound,
        Float.NEGATIVE_INFINITY,
        Float.POSITIVE_INFINITY,
        2.0,
        0x75617113L),
    LOG_MEAN_DECAY(
        Elementary::logMeanDecay,
        VectorElementary::logMeanDecay,
        ElementaryTest::exactLogMeanDecay,
        0f,
        0x1p126f,
        3.0,
        0x5bea1ea0L),
    DECAY_CENTRE(
        Elementary::decayCentre,
        VectorElementary::decayCentre,
        ElementaryTest::exactDecayCentre,
        0f,
        Float.POSITIVE_INFINITY,
        3.0,
        0xe57c7064L);

    final FloatFunction plain;
    final UnaryOperator<FloatVector> vector;
    final DoubleUnaryOperator exact;
    final float least;
    final float most;
    final double ulps;
    final long crc;

    Function(
        FloatFunction plain,
        UnaryOperator<FloatVector> vector,
        DoubleUnaryOperator exact,
        float least,
        float most,
        double ulps,
        long crc) {
      this.plain = plain;
      this.vector = vector;
      this.exact = exact;
      this.least = least;
      this.most = most;
      this.ulps = ulps;
      this.crc = crc;
    }

    /** Those without a use outside their domain are not asked there. */
    boolean isDefined(float x) {
      return switch (this) {
        case EXP_OF_MINUS, EXPM1, LOG1P, LOG, LOG_MEAN_DECAY, DECAY_CENTRE ->
            x >= least && x <= most;
        case EXP, SIGMOID, TANH, SOFTPLUS, BOUND -> true;
      };
    }
  }

  private static double exactBound(double x) {
    double excess = Math.max(Math.abs(x) - 12, 0) / 4;
    return Math.copySign(Math.min(Math.abs(x), 12) + 4 * StrictMath.tanh(excess), x);
  }

  /** Near 0 by the series, where the formula would cancel. */
  private static double exactLogMeanDecay(double m) {
    return m < 1e-4 ? -m / 2 + m * m / 24 : StrictMath.log(-StrictMath.expm1(-m) / m);
  }

  private static double exactDecayCentre(double m) {
    if (m < 0.05) {
      return 0.5 - m / 12 + m * m * m / 720;
    }
    return 1 / m - 1 / StrictMath.expm1(m);
  }

  private interface Visitor {
    void visit(float[] inputs, int count);
  }

  /** Every {@link #STRIDE}th float of all 2³², and the edges, in buffers of whole vectors. */
  private static void sweep(Function f, Visitor visitor) {
    float[] edges = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      1f,
      -1f,
      12f,
      -12f,
      16f,
      Math.nextUp(12f),
      Math.nextDown(-12f),
      -87f,
      88f,
      Math.nextDown(-87f),
      Math.nextUp(88f),
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.intBitsToFloat(Elementary.SQRT_HALF_BITS),
      Math.nextDown(1f),
      0x1.62e43p-2f,
      -0x1.62e43p-2f
    };
    float[] buffer = new float[BUFFER];
    int filled = 0;
    for (float edge : edges) {
      if (f.isDefined(edge)) {
        buffer[filled++] = edge;
      }
    }
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (f.isDefined(x)) {
        buffer[filled++] = x;
        if (filled == BUFFER) {
          visitor.visit(buffer, filled);
          filled = 0;
        }
      }
    }
    visitor.visit(buffer, filled);
  }

  @ParameterizedTest
  @EnumSource
  void theErrorIsTheStatedOne(Function f) {
    double[] worst = {0};
    float[] at = {0};
    sweep(
        f,
        (inputs, count) -> {
          for (int i = 0; i < count; i++) {
            float x = inputs[i];
            if (x >= f.least && x <= f.most) {
              double exact = f.exact.applyAsDouble(x);
              double error = Math.abs(f.plain.of(x) - exact) / Math.ulp((float) exact);
              if (!(error <= worst[0])) {
                worst[0] = error;
                at[0] = x;
              }
            }
          }
        });
    assertThat(worst[0]).as("ulp of %s, at %a", f, at[0]).isLessThanOrEqualTo(f.ulps);
    // The statement is no looser than it need be: a worse polynomial would be seen.
    assertThat(worst[0]).as("ulp of %s", f).isGreaterThan(f.ulps / 2);
  }

  @ParameterizedTest
  @EnumSource
  void vectorsGiveTheSameBitsAsScalars(Function f) {
    float[] vectors = new float[BUFFER];
    sweep(
        f,
        (inputs, count) -> {
          int width = VectorElementary.FLOATS.length();
          for (int i = 0; i < count; i += width) {
            f.vector
                .apply(FloatVector.fromArray(VectorElementary.FLOATS, inputs, i))
                .intoArray(vectors, i);
          }
          for (int i = 0; i < count; i++) {
            if (Float.floatToIntBits(f.plain.of(inputs[i])) != Float.floatToIntBits(vectors[i])) {
              assertThat(vectors[i]).as("%s of %a", f, inputs[i]).isEqualTo(f.plain.of(inputs[i]));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfTheSweepAreTheseOnEveryMachine(Function f) {
    CRC32 crc = new CRC32();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER * Float.BYTES);
    sweep(
        f,
        (inputs, count) -> {
          bytes.clear();
          for (int i = 0; i < count; i++) {
            bytes.putInt(Float.floatToIntBits(f.plain.of(inputs[i])));
          }
          crc.update(bytes.flip());
        });
    assertThat(crc.getValue()).as("%s, %x", f, crc.getValue()).isEqualTo(f.crc);
  }

  @ParameterizedTest
  @EnumSource
  void onlyNotANumberGivesNotANumber(Function f) {
    sweep(
        f,
        (inputs, count) -> {
          for (int i = 0; i < count; i++) {
            if (Float.isNaN(f.plain.of(inputs[i])) != Float.isNaN(inputs[i])) {
              assertThat(f.plain.of(inputs[i])).as("%s of %a", f, inputs[i]).isEqualTo(inputs[i]);
            }
          }
        });
  }

  @Test
  void valuesAtTheEdgesAreTheExactOnes() {
    assertThat(Elementary.exp(0f)).isEqualTo(1f);
    assertThat(Elementary.exp(-87f)).isPositive();
    assertThat(Elementary.exp(Float.NEGATIVE_INFINITY)).isEqualTo(Elementary.exp(-87f));
    assertThat(Elementary.exp(Float.POSITIVE_INFINITY)).isEqualTo(Elementary.exp(88f)).isFinite();
    assertThat(Elementary.log(1f)).isZero();
    assertThat(Elementary.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(Elementary.sigmoid(17.4f)).isEqualTo(1f);
    assertThat(Elementary.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Elementary.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Elementary.bound(Float.POSITIVE_INFINITY)).isEqualTo(16f);
    assertThat(Elementary.bound(12f)).isEqualTo(12f);
    assertThat(Elementary.bound(-11.37f)).isEqualTo(-11.37f);
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "BOUND"})
  void zeroKeepsItsSign(Function f) {
    assertThat(Float.floatToRawIntBits(f.plain.of(0f))).isZero();
    assertThat(Float.floatToRawIntBits(f.plain.of(-0f))).isEqualTo(Integer.MIN_VALUE);
  }
}
