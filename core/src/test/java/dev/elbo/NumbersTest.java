package dev.elbo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Noise;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private static final int RANDOM_PATTERNS = 20_000;

  @Test
  void textIsPlainInTheMiddleAndScientificOutside() {
    assertThat(Numbers.text(0.0)).isEqualTo("0.0");
    assertThat(Numbers.text(-0.0)).isEqualTo("-0.0");
    assertThat(Numbers.text(1.0)).isEqualTo("1.0");
    assertThat(Numbers.text(128.0)).isEqualTo("128.0");
    assertThat(Numbers.text(-108.25)).isEqualTo("-108.25");
    assertThat(Numbers.text(0.1)).isEqualTo("0.1");
    assertThat(Numbers.text(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    assertThat(Numbers.text(0.784)).isEqualTo("0.784");
    assertThat(Numbers.text(1.0 / 3)).isEqualTo("0.3333333333333333");
    assertThat(Numbers.text(1e-4)).isEqualTo("0.0001");
    assertThat(Numbers.text(9.99e-5)).isEqualTo("9.99E-5");
    assertThat(Numbers.text(1e-7)).isEqualTo("1.0E-7");
    assertThat(Numbers.text(-1.25e-7)).isEqualTo("-1.25E-7");
    assertThat(Numbers.text(999_999_999.0)).isEqualTo("999999999.0");
    assertThat(Numbers.text(1e9)).isEqualTo("1.0E9");
    assertThat(Numbers.text(1.5e300)).isEqualTo("1.5E300");
    assertThat(Numbers.text(Double.MAX_VALUE)).isEqualTo("1.7976931348623157E308");
    assertThat(Numbers.text(Double.MIN_NORMAL)).isEqualTo("2.2250738585072014E-308");
    assertThat(Numbers.text(Double.MIN_VALUE)).isEqualTo("5.0E-324");
    assertThat(Numbers.text(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.text(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @Test
  void textIsShortWhereOldJdksWereLong() {
    // JDK 17's Double.toString writes the first as 2.0000000000000003E23 or the like.
    assertThat(Numbers.text(2e23)).isEqualTo("2.0E23");
    assertThat(Numbers.text(1.0E23)).isEqualTo("1.0E23");
    assertThat(Numbers.text(2.2E-322)).isEqualTo("2.2E-322");
    // A power of two whose nearest 16-digit decimal does not parse back.
    assertThat(Numbers.text(0x1p-44)).isEqualTo("5.684341886080802E-14");
    assertThat(Double.parseDouble("5.684341886080801E-14")).isNotEqualTo(0x1p-44);
  }

  @Test
  void floatsHaveTheirOwnShortestText() {
    assertThat(Numbers.text(0.1f)).isEqualTo("0.1");
    assertThat(Numbers.text((double) 0.1f)).isEqualTo("0.10000000149011612");
    assertThat(Numbers.text(16_777_216f)).isEqualTo("16777216.0");
    assertThat(Numbers.text(Float.MAX_VALUE)).isEqualTo("3.4028235E38");
    assertThat(Numbers.text(Float.MIN_VALUE)).isEqualTo("1.0E-45");
    assertThat(Numbers.text(-0f)).isEqualTo("-0.0");
    assertThat(Numbers.text(Float.NaN)).isEqualTo("NaN");
  }

  @Test
  void everyDoubleParsesBackToItsBits() {
    Noise noise = Noise.of(1);
    for (int i = 0; i < RANDOM_PATTERNS; i++) {
      double x = Double.longBitsToDouble(noise.word(i));
      if (!Double.isNaN(x)) {
        assertThat(Double.parseDouble(Numbers.text(x))).isEqualTo(x);
      }
      double near = noise.uniform(i) * 1000;
      assertThat(Double.parseDouble(Numbers.text(near))).isEqualTo(near);
    }
  }

  @Test
  void everyPowerOfTwoParsesBackInAtMost17Digits() {
    for (int e = Double.MIN_EXPONENT; e <= Double.MAX_EXPONENT; e++) {
      double x = Math.scalb(1.0, e);
      String text = Numbers.text(x);
      assertThat(Double.parseDouble(text)).isEqualTo(x);
      assertThat(digits(text)).isLessThanOrEqualTo(17);
    }
  }

  @Test
  void everyFloatParsesBackToItsBits() {
    Noise noise = Noise.of(2);
    for (int i = 0; i < RANDOM_PATTERNS; i++) {
      float x = Float.intBitsToFloat((int) noise.word(i));
      if (!Float.isNaN(x)) {
        String text = Numbers.text(x);
        assertThat(Float.parseFloat(text)).isEqualTo(x);
        assertThat(text.contains("Inf") ? 0 : digits(text)).isLessThanOrEqualTo(9);
      }
    }
  }

  @Test
  void noTextIsLongerThanTheShortestOfNewerJdks() {
    Assumptions.assumeTrue(
        Runtime.version().feature() >= 19, "Double.toString is the shortest from JDK 19 on");
    Noise noise = Noise.of(3);
    for (int i = 0; i < RANDOM_PATTERNS; i++) {
      double x = Double.longBitsToDouble(noise.word(i));
      if (Double.isFinite(x)) {
        assertThat(digits(Numbers.text(x))).isLessThanOrEqualTo(digits(Double.toString(x)));
      }
    }
  }

  @Test
  void fixedRoundsTheExactBinaryValueHalfEven() {
    assertThat(Numbers.fixed(0.125, 2)).isEqualTo("0.12");
    assertThat(Numbers.fixed(0.375, 2)).isEqualTo("0.38");
    assertThat(Numbers.fixed(2.5, 0)).isEqualTo("2");
    // The double nearest to 1.005 lies below it.
    assertThat(Numbers.fixed(1.005, 2)).isEqualTo("1.00");
    assertThat(Numbers.fixed(108.8, 3)).isEqualTo("108.800");
    assertThat(Numbers.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(Numbers.fixed(-1.5, 2)).isEqualTo("-1.50");
    assertThat(Numbers.fixed(1e12, 1)).isEqualTo("1000000000000.0");
    assertThat(Numbers.fixed(1e-12, 4)).isEqualTo("0.0000");
    assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("NaN");
    assertThat(Numbers.fixed(Double.NEGATIVE_INFINITY, 2)).isEqualTo("-Infinity");
  }

  @Test
  void groupedPutsACommaBetweenThousands() {
    assertThat(Numbers.grouped(0)).isEqualTo("0");
    assertThat(Numbers.grouped(999)).isEqualTo("999");
    assertThat(Numbers.grouped(1000)).isEqualTo("1,000");
    assertThat(Numbers.grouped(-999)).isEqualTo("-999");
    assertThat(Numbers.grouped(-1000)).isEqualTo("-1,000");
    assertThat(Numbers.grouped(47_040_016)).isEqualTo("47,040,016");
    assertThat(Numbers.grouped(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
  }

  @Test
  void theDefaultLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Numbers.text(1234.5)).isEqualTo("1234.5");
      assertThat(Numbers.fixed(1234.5, 2)).isEqualTo("1234.50");
      assertThat(Numbers.grouped(1234)).isEqualTo("1,234");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static int digits(String text) {
    return new BigDecimal(text).stripTrailingZeros().precision();
  }
}
