package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.kernel.Team;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TsneTest {
  private static final TsneSettings SHORT = new TsneSettings(10, 120, 12, 40, 0.5);
  private static final double GROUPS_TRUSTWORTHINESS = 0.9;

  private static Tsne run(Cloud space, TsneSettings settings, long seed, int threads) {
    try (Team team = new Team(threads)) {
      return Tsne.of(space, settings, seed, team, (i, all, kl) -> true).orElseThrow();
    }
  }

  @Test
  void threeFarGaussiansBecomeThreeIslands() {
    Cloud space = Clouds.groups(300, 10, 3, 20, 1);
    Cloud map = run(space, TsneSettings.DEFAULT, 0, 2).map();
    try (Team team = new Team(2)) {
      Neighbours neighbours = Neighbours.of(map, 12, team);
      for (int n = 0; n < neighbours.index().length; n++) {
        assertThat(neighbours.index()[n] % 3).isEqualTo(n / 12 % 3);
      }
      assertThat(Trustworthiness.of(space, map, team)).isGreaterThan(GROUPS_TRUSTWORTHINESS);
    }
  }

  @Test
  void trustworthinessRisesAboveThatOfThePrincipalPlane() {
    Cloud space = Clouds.groups(400, 10, 8, 6, 2);
    Cloud plane = PrincipalPlane.of(space).project(space);
    Cloud map = run(space, TsneSettings.DEFAULT, 0, 2).map();
    try (Team team = new Team(2)) {
      assertThat(Trustworthiness.of(space, map, team))
          .isGreaterThan(Trustworthiness.of(space, plane, team) + 0.05);
    }
  }

  @Test
  void theSameBitsForAnyNumberOfThreads() {
    Cloud space = Clouds.groups(333, 6, 3, 5, 3);
    Tsne one = run(space, SHORT, 7, 1);
    for (int threads = 2; threads <= 3; threads++) {
      Tsne more = run(space, SHORT, 7, threads);
      assertThat(more.map().values()).containsExactly(one.map().values());
      assertThat(more.divergence()).isEqualTo(one.divergence());
    }
    assertThat(run(space, SHORT, 8, 1).map().values()).isNotEqualTo(one.map().values());
  }

  @Test
  void onceTheExaggerationHasEndedTheDivergenceFallsAndIsTheLastOneReported() {
    List<Double> divergences = new ArrayList<>();
    List<Integer> iterations = new ArrayList<>();
    try (Team team = new Team(2)) {
      Tsne tsne =
          Tsne.of(
                  Clouds.groups(300, 10, 3, 6, 4),
                  new TsneSettings(20, 400, 12, 100, 0.5),
                  0,
                  team,
                  (iteration, all, divergence) -> {
                    assertThat(all).isEqualTo(400);
                    iterations.add(iteration);
                    if (iteration > 100 && iteration % TsneProgress.FIGURE_EVERY == 0) {
                      divergences.add(divergence);
                    }
                    return true;
                  })
              .orElseThrow();
      assertThat(iterations).hasSize(401).isSorted().startsWith(0, 1).endsWith(400);
      assertThat(divergences).hasSize(6).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      assertThat(divergences.get(5)).isEqualTo(tsne.divergence()).isPositive();
      assertThat(tsne.divergence()).isLessThan(0.9 * divergences.get(0));
    }
  }

  @Test
  void endsAtOnceWhereTheProgressSaysSo() {
    Cloud space = Clouds.gaussian(100, 5, 1);
    for (int end : new int[] {0, 1, 17}) {
      List<Integer> seen = new ArrayList<>();
      try (Team team = new Team(1)) {
        assertThat(
                Tsne.of(
                    space,
                    SHORT,
                    0,
                    team,
                    (iteration, all, divergence) -> {
                      seen.add(iteration);
                      return iteration < end;
                    }))
            .isEmpty();
      }
      assertThat(seen).hasSize(end + 1).endsWith(end);
    }
  }

  @Test
  void pointsThatAreAllOneStillGetAMap() {
    Cloud map = run(new Cloud(40, 3, new float[120]), SHORT, 0, 1).map();
    assertThat(map.values()).doesNotContain(Float.NaN);
    assertThat(map.at(0, 0)).isNotEqualTo(map.at(1, 0));
  }

  @Test
  void refusesFewerPointsThanNeighbours() {
    Cloud few = Clouds.gaussian(90, 3, 1);
    assertThatThrownBy(() -> run(few, TsneSettings.DEFAULT, 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "t-SNE: expected at least 91 points at a perplexity of 30.0, found 90; take more points, or a smaller perplexity");
  }

  @Test
  void settingsReadAsOneLine() {
    assertThat(TsneSettings.DEFAULT.text())
        .isEqualTo("perplexity 30.0, iterations 1000, exaggeration 12.0 for 250, theta 0.5");
  }

  @Test
  void settingsSayWhatTheyExpect() {
    assertThatThrownBy(() -> new TsneSettings(0.5, 10, 12, 5, 0.5))
        .hasMessage("perplexity (=0.5) must be at least 1");
    assertThatThrownBy(() -> new TsneSettings(30, 10, 12, 11, 0.5))
        .hasMessage("exaggerated (=11) must be from 0 to iterations (=10)");
    assertThatThrownBy(() -> new TsneSettings(30, 10, 0.9, 5, 0.5))
        .hasMessage("exaggeration (=0.9) must be at least 1");
    assertThatThrownBy(() -> new TsneSettings(30, 10, 12, 5, 0.71))
        .hasMessage("theta (=0.71) must be from 0 to 0.7");
  }

  /** The number of points that the studio maps, as many dimensions as its model has. */
  @Test
  @Tag("slow")
  @Timeout(60)
  void fiveThousandPointsEndWithinAMinuteOnTwoThreads() {
    Cloud space = Clouds.groups(5000, 64, 10, 4, 6);
    assertThat(run(space, TsneSettings.DEFAULT, 0, 2).map().count()).isEqualTo(5000);
  }
}
