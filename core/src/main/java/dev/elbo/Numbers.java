package dev.elbo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Numbers as text, the same on every JDK and in every locale ({@code Double.toString} changed in
 * JDK 19, {@code Formatter} in JDK 21). Not-a-number and infinities read {@code NaN}, {@code
 * Infinity} and {@code -Infinity}.
 */
public final class Numbers {
  private static final BigDecimal PLAIN_FROM = new BigDecimal("1e-4");
  private static final BigDecimal PLAIN_BELOW = new BigDecimal("1e9");

  /** 17 digits identify a double and 9 a float (IEEE 754-2008, 5.12.2). */
  private static final int DOUBLE_DIGITS = 17;

  private static final int FLOAT_DIGITS = 9;

  private Numbers() {}

  /**
   * The shortest decimal that parses back to {@code x}: plain ({@code 0.001}, {@code 128.0}) for
   * zero and 10⁻⁴ ≤ |x| &lt; 10⁹, else scientific ({@code 1.0E-7}); always with a decimal point.
   */
  public static String text(double x) {
    if (!Double.isFinite(x)) {
      return notFinite(x);
    }
    if (x == 0) {
      return 1 / x < 0 ? "-0.0" : "0.0";
    }
    return form(
        shortest(new BigDecimal(x), DOUBLE_DIGITS, d -> Double.parseDouble(d.toString()) == x));
  }

  /** As {@link #text(double)}, the shortest decimal that parses back to this float. */
  public static String text(float x) {
    if (!Float.isFinite(x) || x == 0) {
      return text((double) x);
    }
    return form(
        shortest(new BigDecimal(x), FLOAT_DIGITS, d -> Float.parseFloat(d.toString()) == x));
  }

  /**
   * Rounded half-even from the exact binary value to {@code decimals} places, never scientific; a
   * negative number that rounds to zero loses its sign.
   */
  public static String fixed(double x, int decimals) {
    if (!Double.isFinite(x)) {
      return notFinite(x);
    }
    return new BigDecimal(x).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** With a comma between thousands: {@code 47,040,016}. */
  public static String grouped(long x) {
    StringBuilder text = new StringBuilder(Long.toString(x));
    int first = x < 0 ? 1 : 0;
    for (int i = text.length() - 3; i > first; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  private static String notFinite(double x) {
    return Double.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
  }

  private static BigDecimal shortest(BigDecimal exact, int most, Predicate<BigDecimal> parsesBack) {
    for (int digits = 1; digits < most; digits++) {
      BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (parsesBack.test(nearest)) {
        return nearest;
      }
      // At a power of two the neighbour below is nearer than the one above, so that the nearest
      // decimal may miss while a farther one above still parses back.
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      if (parsesBack.test(above)) {
        return above;
      }
    }
    return exact.round(new MathContext(most, RoundingMode.HALF_EVEN));
  }

  private static String form(BigDecimal x) {
    BigDecimal magnitude = x.abs();
    BigDecimal stripped = x.stripTrailingZeros();
    if (magnitude.compareTo(PLAIN_FROM) >= 0 && magnitude.compareTo(PLAIN_BELOW) < 0) {
      return stripped.scale() > 0 ? stripped.toPlainString() : stripped.toPlainString() + ".0";
    }
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    String fraction = digits.length() == 1 ? "0" : digits.substring(1);
    return (x.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
  }
}
