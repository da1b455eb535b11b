package dev.elbo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "vector", "VECTOR"})
  void vectorsAreTakenWhereTheyWork(String wish) {
    KernelChoice choice = KernelChoice.choose(wish);
    assertThat(choice.kernels()).isInstanceOf(VectorKernels.class);
    assertThat(choice.notice()).isEmpty();
    assertThat(choice.kernels().description()).matches("vector, \\d+ bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", " Plain "})
  void plainOnesAreTakenOnWish(String wish) {
    KernelChoice choice = KernelChoice.choose(wish);
    assertThat(choice.kernels()).isInstanceOf(PlainKernels.class);
    assertThat(choice.notice()).isEmpty();
    assertThat(choice.kernels().description()).isEqualTo("plain");
  }

  @Test
  void anotherWishIsRefused() {
    assertThatThrownBy(() -> KernelChoice.choose("fast"))
        .isInstanceOf(InputException.class)
        .hasMessage("ELBO_KERNELS: expected plain or vector, found fast; set it so or unset it");
  }

  @Test
  void soundKernelsPassTheCanary() {
    assertThat(Canary.arithmeticFailure()).isEmpty();
    assertThat(Canary.failure(new PlainKernels())).isEmpty();
    assertThat(Canary.failure(new VectorKernels())).isEmpty();
  }

  @Test
  void theChoiceIsMadeOnce() {
    assertThat(KernelChoice.chosen()).isSameAs(KernelChoice.chosen());
    assertThat(Kernels.best()).isSameAs(KernelChoice.chosen().kernels());
    assertThat(Kernels.plain()).isInstanceOf(PlainKernels.class);
  }

  @Test
  void versionsKnownToMiscompileOrUntestedGetPlainKernels() {
    assertThat(KernelChoice.obstacle(Runtime.Version.parse("17.0.15"), "17.0.15+6")).isEmpty();
    assertThat(KernelChoice.obstacle(Runtime.Version.parse("25.0.1"), "25.0.1+9")).isEmpty();
    assertThat(KernelChoice.obstacle(Runtime.Version.parse("17.0.9"), ""))
        .contains(
            "Java 17.0.9 miscompiles vectors (JDK-8317121); 17.0.10 or newer gives the speed");
    assertThat(KernelChoice.obstacle(Runtime.Version.parse("26"), ""))
        .contains(
            "Java 26 was not tested; a JDK from 17 to 25 gives the speed, or ELBO_KERNELS=vector");
    assertThat(KernelChoice.obstacle(Runtime.Version.parse("21.0.5"), "21.0.5-jvmci-23.1"))
        .contains("a JVMCI compiler was not tested; a HotSpot JDK gives the speed");
  }
}
