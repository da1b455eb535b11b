package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  static final class BeginsInShutdown {
    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(BeginsInShutdown::begin));
    }

    private static void begin() {
      try (Interruption interruption = new Interruption()) {
        System.out.println("stop asked: " + interruption.getAsBoolean());
      }
    }
  }

  @Test
  void whatBeginsWhenTheJvmIsGoingIsAskedToStop() throws IOException {
    String said =
        ChildJvm.output(
            new ProcessBuilder(
                ChildJvm.java(), "-cp", ChildJvm.classPath(), BeginsInShutdown.class.getName()));

    assertThat(said.lines()).containsExactly("stop asked: true");
  }

  @Test
  void untilThenNobodyAsks() {
    try (Interruption interruption = new Interruption()) {
      assertThat(interruption.getAsBoolean()).isFalse();
    }
  }
}
