package dev.elbo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.model.Config;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WarmUpTest {
  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("elbo-warm-up"))
        .toList();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void itGivesWhatTheWorkGivesAndItsThreadEnds() throws InterruptedException {
    assertThat(WarmUp.during(Runs.CONFIG, () -> 42)).isEqualTo(42);

    for (Thread thread : threads()) {
      thread.join();
    }
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                WarmUp.during(
                    Config.DEFAULT,
                    () -> {
                      throw new IllegalStateException("unread");
                    }))
        .hasMessage("unread");
  }
}
