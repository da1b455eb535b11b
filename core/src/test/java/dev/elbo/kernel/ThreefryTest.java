package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {
  /** From kat_vectors of Random123, the generator's reference implementation: threefry2x32 20. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0000000000000000, 6b20015999ba4efe",
    "ffffffffffffffff, ffffffffffffffff, 1cb996fcbb002be7",
    "13198a2e03707344, 243f6a8885a308d3, c4923a9c483df7a0"
  })
  void blocksAreThePublishedKnownAnswers(String key, String counter, String answer) {
    long block = Threefry.block(word(key), word(counter));
    assertThat(Long.toHexString(block)).isEqualTo(answer);
  }

  private static long word(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }
}
