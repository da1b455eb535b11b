package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pinned bits again, from JVMs that compile otherwise: the compilers may be wrong too. */
@Tag("slow")
class GoldenOnOtherJvmsTest {
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=1, plain",
    "-XX:TieredStopAtLevel=1, vector",
    "-XX:-UseSuperWord, plain",
    "-XX:-UseSuperWord, vector"
  })
  void otherCompilersGiveThePinnedBits(String option, String kernels) throws Exception {
    assertThat(digest(option, kernels, 20)).isEqualTo(Golden.AFTER_20_STEPS);
  }

  /** What the processor lacks, the JVM takes down to what it has, with the same answer. */
  @ParameterizedTest
  @CsvSource({"1, plain", "1, vector", "2, plain", "2, vector", "3, plain", "3, vector"})
  void narrowerVectorsGiveThePinnedBits(int avx, String kernels) throws Exception {
    requireX86();
    assertThat(digest("-XX:UseAVX=" + avx, kernels, 20)).isEqualTo(Golden.AFTER_20_STEPS);
  }

  /** Without AVX there is no fused multiply-add; the JVM then computes it with big decimals. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void aProcessorWithoutFusedMultiplyAddGivesThePinnedBits(String kernels) throws Exception {
    requireX86();
    assertThat(digest("-XX:UseAVX=0", kernels, 12)).isEqualTo(Golden.TINY_AFTER_12_STEPS);
  }

  @Test
  void theInterpreterGivesThePinnedBits() throws Exception {
    assertThat(digest("-Xint", "plain", 2)).isEqualTo(Golden.AFTER_2_STEPS);
    assertThat(digest("-Xint", "vector", 12)).isEqualTo(Golden.TINY_AFTER_12_STEPS);
  }

  @Test
  void withoutTheVectorModuleThePlainKernelsGiveThePinnedBits() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), Map.of(), Golden.class, 20)) {
      assertThat(child.rest()).containsExactly("plain", Golden.AFTER_20_STEPS);
      assertThat(child.exit()).isZero();
    }
  }

  private static void requireX86() {
    String architecture = System.getProperty("os.arch");
    assumeTrue(X86.contains(architecture), "UseAVX is an option of x86 alone, not " + architecture);
  }

  private static String digest(String option, String kernels, int steps)
      throws IOException, InterruptedException {
    List<String> options = List.of(option, "--add-modules", "jdk.incubator.vector");
    Map<String, String> environment = Map.of("ELBO_KERNELS", kernels);
    try (ChildJvm child = ChildJvm.start(options, environment, Golden.class, steps)) {
      List<String> said = child.rest();
      assertThat(child.exit()).as("exit of a JVM with %s, which said %s", option, said).isZero();
      assertThat(said).hasSize(2);
      assertThat(said.get(0)).startsWith(kernels);
      return said.get(1);
    }
  }
}
