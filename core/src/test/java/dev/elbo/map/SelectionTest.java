package dev.elbo.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void takesDifferentPointsInAscendingOrder() {
    int[] selected = Selection.of(500, 2000, 3);
    assertThat(selected).hasSize(500).doesNotHaveDuplicates().isSorted();
    assertThat(selected[0]).isNotNegative();
    assertThat(selected[499]).isLessThan(2000);
    // Uniform: a quarter of the upper half, give or take seven standard deviations of about 10.
    assertThat(Arrays.stream(selected).filter(i -> i >= 1000).count()).isBetween(180L, 320L);
  }

  @Test
  void theSeedDecides() {
    assertThat(Selection.of(50, 100, 1)).isEqualTo(Selection.of(50, 100, 1));
    assertThat(Selection.of(50, 100, 2)).isNotEqualTo(Selection.of(50, 100, 1));
  }

  @Test
  void takesAllWhereThereAreNoMore() {
    assertThat(Selection.of(5, 3, 0)).containsExactly(0, 1, 2);
  }
}
