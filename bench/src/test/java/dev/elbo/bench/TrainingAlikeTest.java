package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.elbo.bench.peer.Digits;
import dev.elbo.bench.peer.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingAlikeTest {
  private static final int BATCH = 128;

  /** Elbo tells the mean of an epoch, so a lap is one: ten steps. */
  private static final int STEPS = 10;

  private static final int LAPS = 20;

  /** The same distributions of weights, batches and noise, other draws: as two seeds differ. */
  private static final double TOLERANCE = 0.08;

  private static final long LIMIT = 60_000;

  @Test
  void theLossesOfElboAndLibtorchFallAlikeOver200Steps() {
    List<TorchSetting> settings = Peers.torchSettings(1);
    assumeFalse(settings.isEmpty(), "libtorch has no natives for this platform here");
    Peers peers = new Peers(Path.of(".."), Digits.SYNTHETIC);
    Work work = new Work.Step(List.of(128), 64, BATCH, STEPS * BATCH);

    List<Double> elbo = losses(peers.elbo(Jdk.own(), 1), work);
    List<Double> torch = losses(peers.torch(settings.get(0)), work);

    assertThat(elbo.get(LAPS - 1)).isLessThan(0.7 * elbo.get(0));
    assertThat(torch.get(LAPS - 1)).isLessThan(0.7 * torch.get(0));
    for (int lap = 0; lap < LAPS; lap++) {
      assertThat(elbo.get(lap))
          .as(
              "steps %d to %d, Elbo %s, libtorch %s",
              lap * STEPS + 1, (lap + 1) * STEPS, elbo, torch)
          .isCloseTo(torch.get(lap), within(TOLERANCE * torch.get(lap)));
    }
  }

  private static List<Double> losses(PeerPlan plan, Work work) {
    List<Double> losses = new ArrayList<>();
    try (Peer peer = Peer.start(plan)) {
      peer.prepare(work);
      for (int lap = 0; lap < LAPS; lap++) {
        losses.add(peer.run(STEPS, LIMIT).loss());
      }
    }
    return losses;
  }
}
