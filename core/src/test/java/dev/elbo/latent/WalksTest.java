package dev.elbo.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws from the prior, lines between codes, and walks along dimensions. */
class WalksTest {
  @Test
  void aDrawFromThePriorIsTheSameHoweverManyAreAskedFor() {
    Prior prior = new Prior(64, 0);
    float[] many = prior.sample(1000);
    for (int count : new int[] {0, 1, 2, 17, 999}) {
      assertThat(prior.sample(count)).isEqualTo(Arrays.copyOf(many, count * 64));
    }
    assertThat(new Prior(64, 1).sample(1)).isNotEqualTo(prior.sample(1));
  }

  /** A smaller latent space reads the first columns of the same stream. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 63})
  void latentSizesThatAreNoMultipleOfALaneGiveTheirOwnColumns(int latent) {
    float[] narrow = new Prior(latent, 9).sample(3);
    float[] wide = new Prior(64, 9).sample(3);
    for (int draw = 0; draw < 3; draw++) {
      assertThat(Arrays.copyOfRange(narrow, draw * latent, (draw + 1) * latent))
          .isEqualTo(Arrays.copyOfRange(wide, draw * 64, draw * 64 + latent));
    }
  }

  @Test
  void drawsHaveMeanZeroAndVarianceOne() {
    float[] z = new Prior(10, 123).sample(20_000);
    double sum = 0;
    double squares = 0;
    for (float value : z) {
      sum += value;
      squares += (double) value * value;
    }
    // Four standard errors: 1/√n of the mean, √(2/n) of the variance.
    assertThat(sum / z.length).isCloseTo(0, within(4 / StrictMath.sqrt(z.length)));
    assertThat(squares / z.length).isCloseTo(1, within(4 * StrictMath.sqrt(2.0 / z.length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 11, 100})
  void aLineBeginsAndEndsAtItsEnds(int steps) {
    float[] from = {1.1f, -0.3f, 7e-5f};
    float[] to = {-2.7f, 0.9f, 1e6f};
    float[] line = Interpolation.line(from, to, steps);
    assertThat(line).hasSize(steps * 3);
    assertThat(Arrays.copyOf(line, 3)).isEqualTo(from);
    assertThat(Arrays.copyOfRange(line, line.length - 3, line.length)).isEqualTo(to);
    for (int i = 1; i < steps; i++) {
      float step = line[i * 3] - line[(i - 1) * 3];
      assertThat(step).isCloseTo(-3.8f / (steps - 1), within(1e-5f));
    }
  }

  @Test
  void aLineOfOneStepIsItsBeginning() {
    assertThat(Interpolation.line(new float[] {1, 2}, new float[] {3, 4}, 1)).containsExactly(1, 2);
  }

  @Test
  void theMostActiveDimensionsComeFirstAndOfEqualsTheLowerNumber() {
    double[] kl = {0.2, 3, 0, 3, 0.5, 1e-9};
    assertThat(Traversal.mostActive(kl, 6)).containsExactly(1, 3, 4, 0, 5, 2);
    assertThat(Traversal.mostActive(kl, 2)).containsExactly(1, 3);
    assertThat(Traversal.mostActive(kl, 99)).hasSize(6);
    assertThat(Traversal.mostActive(kl, 0)).isEmpty();
  }

  private static final Spread STANDARD =
      new Spread(new double[3], new double[] {1, 1, 1}, new double[3]);

  @Test
  void aWalkGoesAroundWhereTheCodesLie() {
    Spread spread = new Spread(new double[] {0, 7}, new double[] {1, 0.5}, new double[2]);
    assertThat(Traversal.grid(new float[2], List.of(1), 3, 2, spread))
        .containsExactly(0, 6, 0, 7, 0, 8);
  }

  @Test
  void aWalkMovesOneDimensionARowAndLeavesTheOthers() {
    float[] base = {10, 20, 30};
    float[] grid = Traversal.grid(base, List.of(2, 0), 3, 2.5, STANDARD);
    assertThat(grid)
        .containsExactly(
            10, 20, -2.5f, 10, 20, 0, 10, 20, 2.5f, //
            -2.5f, 20, 30, 0, 20, 30, 2.5f, 20, 30);
    assertThat(base).containsExactly(10, 20, 30);
    assertThat(Traversal.grid(base, List.of(1), 1, 2.5, STANDARD)).containsExactly(10, 0, 30);
  }
}
