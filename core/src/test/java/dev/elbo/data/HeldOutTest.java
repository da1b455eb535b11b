package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  @Test
  void theShareIsOneInSevenWithinItsBounds() {
    assertThat(HeldOut.share(2)).isEqualTo(1);
    assertThat(HeldOut.share(13)).isEqualTo(1);
    assertThat(HeldOut.share(14)).isEqualTo(2);
    assertThat(HeldOut.share(70_000)).isEqualTo(10_000);
    assertThat(HeldOut.share(1_000_000)).isEqualTo(10_000);
  }

  @Test
  void everyImageIsInOnePartOnceInTheOrderOfTheFileWithItsLabel() {
    HeldOut parts = HeldOut.of(numbered(100), 42);
    List<Integer> all = new ArrayList<>();
    for (Images part : List.of(parts.train(), parts.test())) {
      for (int i = 0; i < part.count(); i++) {
        int number = part.pixels()[2 * i];
        assertThat(part.label(i)).isEqualTo(number);
        assertThat(part.pixels()[2 * i + 1]).isEqualTo((byte) -number);
        assertThat(i == 0 || part.pixels()[2 * i - 2] < number).isTrue();
        all.add(number);
      }
    }
    assertThat(parts.test().count()).isEqualTo(14);
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void theChoiceOfASeedNeverChanges() {
    // From an independent Threefry-2x32-20 and shuffle in Python.
    assertThat(HeldOut.of(numbered(100), 0).test().labels().orElseThrow())
        .containsExactly(6, 23, 42, 47, 49, 50, 52, 63, 64, 71, 76, 91, 98, 99);
  }

  @Test
  void everyImageIsHeldOutAboutEquallyOften() {
    int[] times = new int[21];
    int seeds = 7000;
    for (int seed = 0; seed < seeds; seed++) {
      for (byte number : HeldOut.of(numbered(21), seed).test().labels().orElseThrow()) {
        times[number]++;
      }
    }
    // Binomial(7000, 1/7): mean 1000, standard deviation 29.3; 4.5 deviations allowed.
    for (int count : times) {
      assertThat(count).isBetween(1000 - 132, 1000 + 132);
    }
  }

  private static Images numbered(int count) {
    byte[] pixels = new byte[2 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) -i;
      labels[i] = (byte) i;
    }
    return new Images(count, 1, 2, pixels, Optional.of(labels));
  }
}
