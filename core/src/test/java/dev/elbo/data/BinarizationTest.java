package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.tensor.Noise;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinarizationTest {
  private static final int COUNT = 200;
  private static final int SIDE = 28;

  /** Four standard errors: one in 16,000 draws of a sound generator would miss. */
  private static final double ERRORS = 4;

  private static Images ofLevel(int level) {
    byte[] pixels = new byte[COUNT * SIDE * SIDE];
    Arrays.fill(pixels, (byte) level);
    return new Images(COUNT, SIDE, SIDE, pixels, Optional.empty());
  }

  /** A fifth of the pixels has ink, of all levels. */
  private static Images inky(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    Noise noise = Noise.of(8);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (noise.below(5, i) == 0 ? 1 + noise.below(255, pixels.length + i) : 0);
    }
    return new Images(count, SIDE, SIDE, pixels, Optional.empty());
  }

  private static DataSet set(Images train) {
    return new DataSet("mine", train, train, "", "memory");
  }

  private static Batches dynamic(Images train, long seed) {
    return Parts.of(set(train), Binarization.DYNAMIC, 0, seed).batches();
  }

  private static float[] row(Batches batches, int row) {
    float[] values = new float[SIDE * SIDE];
    batches.fill(row, values, 0);
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 127, 128, 200, 254})
  void aPixelIsDrawnWithItsLevelAsProbability(int level) {
    byte[] drawn = Binarization.DYNAMIC.ofTest(ofLevel(level), 3).pixels();
    double mean = 0;
    for (byte pixel : drawn) {
      assertThat(pixel & 0xff).isIn(0, 255);
      mean += (pixel & 0xff) / 255.0 / drawn.length;
    }
    double p = level / 255.0;
    double error = StrictMath.sqrt(p * (1 - p) / drawn.length);
    assertThat(Math.abs(mean - p)).isLessThan(ERRORS * error);
  }

  @Test
  void emptyPixelsStayEmptyAndFullOnesFull() {
    for (int level : new int[] {0, 255}) {
      Images images = ofLevel(level);
      assertThat(Binarization.DYNAMIC.ofTest(images, 3).pixels()).isEqualTo(images.pixels());
    }
  }

  @Test
  void theThresholdIsAbove127() {
    Images images = new Images(1, 2, 2, new byte[] {0, 127, (byte) 128, (byte) 255}, none());
    assertThat(Binarization.THRESHOLD.ofTest(images, 0).pixels()).containsExactly(0, 0, 255, 255);
    assertThat(Binarization.GREY.ofTest(images, 0)).isSameAs(images);
  }

  private static Optional<byte[]> none() {
    return Optional.empty();
  }

  @Test
  void drawsAreAddressedByEpochAndImageAndNotByTheBatch() {
    Images images = inky(50);
    Batches inOrder = dynamic(images, 1);
    Batches shuffled = dynamic(images, 1);
    inOrder.atEpoch(4);
    shuffled.atEpoch(4);
    shuffled.shuffle(Noise.of(9));
    shuffled.startAt(7);
    for (int row = 0; row < 20; row++) {
      assertThat(row(shuffled, row)).isEqualTo(row(inOrder, shuffled.image(row)));
    }
    float[] fourth = row(inOrder, 3);
    inOrder.atEpoch(5);
    assertThat(row(inOrder, 3)).isNotEqualTo(fourth);
    inOrder.atEpoch(4);
    assertThat(row(inOrder, 3)).isEqualTo(fourth);
    Batches other = dynamic(images, 2);
    other.atEpoch(4);
    assertThat(row(other, 3)).isNotEqualTo(fourth);
  }

  @Test
  void trainingDrawsAreNotThoseOfTheTest() {
    Images images = inky(50);
    Batches batches = dynamic(images, 1);
    Batches test = new Batches(Binarization.DYNAMIC.ofTest(images, 1));
    assertThat(row(batches, 3)).isNotEqualTo(row(test, 3));
  }

  @Test
  void aSparseRowListsWhatWasDrawnAndNothingElse() {
    Batches batches = dynamic(inky(50), 1);
    assertThat(batches.isSparse()).isTrue();
    batches.atEpoch(2);
    for (int image = 0; image < 50; image++) {
      float[] values = new float[SIDE * SIDE];
      int[] list = new int[SIDE * SIDE];
      int count = batches.fill(image, values, 0, list, 0);
      assertThat(values).isEqualTo(row(batches, image));
      float[] listed = new float[SIDE * SIDE];
      for (int p = 0; p < count; p++) {
        assertThat(p == 0 || list[p - 1] < list[p]).isTrue();
        listed[list[p]] = 1f;
      }
      assertThat(listed).isEqualTo(values);
    }
  }

  /** From this code; a change of it breaks the promise of every seed. */
  @Test
  void theDrawsAreThePinnedOnes() {
    Images images = Binarization.DYNAMIC.ofTest(inky(50), 12345);
    assertThat(Sha256.of(images.pixels()))
        .isEqualTo("722b157c3d14a795e834b0a3b3ce16fea3561a65c4729640288c43242cbc6459");
  }

  @Test
  void aValidationPartIsTakenOutOfTheTrainingImages() {
    byte[] pixels = new byte[100];
    for (int i = 0; i < 100; i++) {
      pixels[i] = (byte) i;
    }
    Images train = new Images(100, 1, 1, pixels, Optional.empty());
    Parts parts = Parts.of(set(train), Binarization.GREY, 30, 5);
    Set<Byte> all = new HashSet<>();
    for (byte pixel : parts.train().pixels()) {
      all.add(pixel);
    }
    for (byte pixel : parts.validation().orElseThrow().pixels()) {
      all.add(pixel);
    }
    assertThat(parts.train().count()).isEqualTo(70);
    assertThat(parts.validation().orElseThrow().count()).isEqualTo(30);
    assertThat(all).hasSize(100);
    assertThat(Parts.of(set(train), Binarization.GREY, 30, 6).train().pixels())
        .isNotEqualTo(parts.train().pixels());
    assertThat(Parts.of(set(train), Binarization.GREY, 0, 5).train()).isSameAs(train);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mine | STATIC | 0 | binarization: expected grey, dynamic or threshold for mine, found"
            + " static; static is for --dataset binarized-mnist",
        "binarized-mnist | DYNAMIC | 0 | binarization: expected static, as the files of"
            + " binarized-mnist are, found dynamic; leave it out",
        "mine | GREY | 5 | validation: expected fewer than the 5 training images of mine, found 5;"
            + " change it",
        "binarized-mnist | STATIC | 4 | validation: expected 5, the validation images that"
            + " binarized-mnist has, found 4; change it"
      })
  void whatDoesNotFitTheDataIsRefused(String name, Binarization kind, int held, String message) {
    Images five = inky(5);
    DataSet data =
        name.equals("mine")
            ? set(five)
            : new DataSet(name, five, Optional.of(five), five, "", "memory");
    assertThatThrownBy(() -> Parts.of(data, kind, held, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void aDataSetsOwnValidationPartIsTaken() {
    Images five = inky(5);
    Images own = inky(3);
    DataSet data = new DataSet("binarized-mnist", five, Optional.of(own), five, "", "memory");
    Parts parts = Parts.of(data, Binarization.STATIC, 3, 0);
    assertThat(parts.train().count()).isEqualTo(5);
    assertThat(parts.validation().orElseThrow().count()).isEqualTo(3);
    assertThat(Parts.of(data, Binarization.STATIC, 0, 0).validation()).isEmpty();
  }
}
