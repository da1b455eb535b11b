package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise of the same bits everywhere, pinned. */
class GoldenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void twentyStepsGiveThePinnedBitsOnAnyNumberOfThreads(int threads) {
    assertThat(Golden.sha256(Kernels.best(), threads, 20)).isEqualTo(Golden.AFTER_20_STEPS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void plainKernelsGiveThePinnedBitsOnAnyNumberOfThreads(int threads) {
    assertThat(Golden.sha256(Kernels.plain(), threads, 20)).isEqualTo(Golden.AFTER_20_STEPS);
  }

  @Test
  void theseTestsRunVectorKernelsToo() {
    assertThat(Kernels.plain().description()).isEqualTo("plain");
    if (System.getenv("ELBO_KERNELS") == null) {
      assertThat(Kernels.best().description()).startsWith("vector");
    }
  }

  @Test
  void theTinyModelGivesThePinnedBits() {
    assertThat(Golden.tiny(Kernels.best(), 1)).isEqualTo(Golden.TINY_AFTER_12_STEPS);
    assertThat(Golden.tiny(Kernels.plain(), 3)).isEqualTo(Golden.TINY_AFTER_12_STEPS);
  }

  @Test
  void twoStepsGiveThePinnedBits() {
    assertThat(Golden.sha256(Kernels.best(), 1, 2)).isEqualTo(Golden.AFTER_2_STEPS);
  }
}
