package dev.elbo.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Images;
import dev.elbo.tensor.Noise;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShiftedImagesTest {
  private static final int SIDE = 5;
  private static final int COUNT = 400;

  /** One pixel of ink in the middle, and one in a corner. */
  private static ShiftedImages dots(int farthest, int epoch) {
    byte[] pixels = new byte[COUNT * SIDE * SIDE];
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      pixels[i * SIDE * SIDE + 12] = (byte) 255;
      pixels[i * SIDE * SIDE] = (byte) 51;
      labels[i] = (byte) (i % 200);
    }
    Images images = new Images(COUNT, SIDE, SIDE, pixels, Optional.of(labels));
    ShiftedImages shifted = new ShiftedImages(images, farthest, Noise.of(4));
    shifted.atEpoch(epoch);
    return shifted;
  }

  private static float[] row(ShiftedImages images, int row) {
    float[] values = new float[SIDE * SIDE];
    images.fill(row, values, 0);
    return values;
  }

  private static int middle(float[] row) {
    for (int i = 0; i < row.length; i++) {
      if (row[i] == 1) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void everyMoveHappensAndNoOther() {
    ShiftedImages images = dots(1, 1);
    Set<Integer> places = new TreeSet<>();
    for (int row = 0; row < COUNT; row++) {
      places.add(middle(row(images, row)));
    }
    assertThat(places).containsExactly(6, 7, 8, 11, 12, 13, 16, 17, 18);
  }

  @Test
  void whatLeavesTheImageIsGoneAndNothingComesInAtTheOtherSide() {
    ShiftedImages images = dots(2, 1);
    for (int row = 0; row < COUNT; row++) {
      float[] values = row(images, row);
      int down = middle(values) / SIDE - 2;
      int right = middle(values) % SIDE - 2;
      boolean stays = down >= 0 && right >= 0;
      float sum = 0;
      for (float value : values) {
        sum += value;
      }
      assertThat(sum).isEqualTo(stays ? 1.2f : 1f);
      if (stays) {
        assertThat(values[down * SIDE + right]).isEqualTo(0.2f);
      }
    }
  }

  @Test
  void withoutShiftImagesAreAsTheyWere() {
    assertThat(middle(row(dots(0, 3), 17))).isEqualTo(12);
  }

  @Test
  void theListHoldsWhatIsNotZero() {
    ShiftedImages images = dots(1, 2);
    for (int row = 0; row < COUNT; row++) {
      float[] values = new float[SIDE * SIDE + 3];
      int[] list = new int[SIDE * SIDE];
      int count = images.fill(row, values, 3, list, 0);
      int seen = 0;
      for (int j = 0; j < SIDE * SIDE; j++) {
        if (values[3 + j] != 0) {
          assertThat(list[seen++]).isEqualTo(j);
        }
      }
      assertThat(count).isEqualTo(seen);
    }
  }

  @Test
  void orderAndMovesAreNewInEachEpochAndTheSameWhereverABatchBegins() {
    ShiftedImages first = dots(1, 1);
    ShiftedImages second = dots(1, 2);
    ShiftedImages later = dots(1, 1);
    later.startAt(100);
    int equalLabels = 0;
    for (int row = 0; row < 100; row++) {
      assertThat(row(later, row)).isEqualTo(row(first, 100 + row));
      assertThat(later.label(row)).isEqualTo(first.label(100 + row));
      equalLabels += first.label(row) == second.label(row) ? 1 : 0;
    }
    assertThat(equalLabels).isLessThan(10);
  }
}
