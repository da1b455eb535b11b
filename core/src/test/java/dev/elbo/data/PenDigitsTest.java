package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PenDigitsTest {
  private static final int SIDE = 28;
  private static final int MANY = 10_000;

  /** Four standard deviations of a class's count of 1,000 are 120. */
  private static final int BALANCE = 120;

  /** Whole-pixel shifts leave half a pixel; rounding of intensities adds a hundredth at most. */
  private static final double OFF_CENTRE = 0.51;

  private static final Images DIGITS = PenDigits.images(0, PenDigits.Part.TRAIN, 0, MANY);

  @Test
  void theFirstThousandAreTheseBytesOnEveryMachine() {
    assertThat(
            Sha256.of(
                Arrays.copyOf(DIGITS.pixels(), 1000 * SIDE * SIDE),
                Arrays.copyOf(DIGITS.labels().orElseThrow(), 1000)))
        .isEqualTo("5617f4d9f34af768432f655a53cf5b051b9a434d6d232a564cd9c204ab1463f7");
  }

  @Test
  void aSliceIsThatSliceOfTheWhole() {
    Images slice = PenDigits.images(0, PenDigits.Part.TRAIN, 4321, 50);

    assertThat(slice.pixels()).isEqualTo(pixels(DIGITS, 4321, 50));
    assertThat(slice.labels().orElseThrow())
        .isEqualTo(Arrays.copyOfRange(DIGITS.labels().orElseThrow(), 4321, 4371));
  }

  @Test
  void seedsAndPartsShareNoImage() {
    Images train = PenDigits.images(0, PenDigits.Part.TRAIN, 0, 1000);
    Images test = PenDigits.images(0, PenDigits.Part.TEST, 0, 1000);
    Images other = PenDigits.images(1, PenDigits.Part.TRAIN, 0, 1000);

    Set<ByteBuffer> all = new HashSet<>();
    for (Images images : new Images[] {train, test, other}) {
      for (int i = 0; i < 1000; i++) {
        all.add(ByteBuffer.wrap(pixels(images, i, 1)));
      }
    }
    assertThat(all).hasSize(3000);
  }

  @Test
  void imagesOfAClassAreAllDifferent() {
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      int[] members = IntStream.range(0, MANY).filter(i -> DIGITS.label(i) == wanted).toArray();
      long distinct =
          Arrays.stream(members)
              .mapToObj(i -> ByteBuffer.wrap(pixels(DIGITS, i, 1)))
              .distinct()
              .count();
      assertThat(distinct).as("images of %d", digit).isEqualTo(members.length);
    }
  }

  @Test
  void theTenClassesAreAboutEquallyCommon() {
    int[] counts = new int[10];
    for (int i = 0; i < MANY; i++) {
      counts[DIGITS.label(i)]++;
    }
    for (int count : counts) {
      assertThat(count).isCloseTo(MANY / 10, within(BALANCE));
    }
  }

  @Test
  void theCentreOfMassIsInTheMiddle() {
    for (int i = 0; i < MANY; i++) {
      double sum = 0;
      double sumX = 0;
      double sumY = 0;
      for (int at = 0; at < SIDE * SIDE; at++) {
        int value = pixel(i, at);
        sum += value;
        sumX += value * (at % SIDE);
        sumY += value * (at / SIDE);
      }
      assertThat(sumX / sum).as("column of image %d", i).isCloseTo(13.5, within(OFF_CENTRE));
      assertThat(sumY / sum).as("row of image %d", i).isCloseTo(13.5, within(OFF_CENTRE));
    }
  }

  @Test
  void theOutermostPixelsAreFreeOfInk() {
    for (int i = 0; i < MANY; i++) {
      int border = 0;
      for (int k = 0; k < SIDE; k++) {
        border |= pixel(i, k) | pixel(i, (SIDE - 1) * SIDE + k);
        border |= pixel(i, k * SIDE) | pixel(i, k * SIDE + SIDE - 1);
      }
      assertThat(border).as("ink on the border of image %d", i).isZero();
    }
  }

  /** MNIST's training images: 0.1307, 0.1912 and 0.0736. */
  @Test
  void weightEdgesAndCoresAreThoseOfMnist() {
    double sum = 0;
    double inked = 0;
    double full = 0;
    for (int at = 0; at < DIGITS.pixels().length; at++) {
      int value = DIGITS.pixels()[at] & 0xff;
      sum += value;
      inked += value > 0 ? 1 : 0;
      full += value >= 250 ? 1 : 0;
    }
    double all = DIGITS.pixels().length;
    assertThat(sum / 255 / all).isBetween(0.125, 0.137);
    assertThat(inked / all).isBetween(0.185, 0.197);
    assertThat(full / all).isBetween(0.070, 0.080);
  }

  /** The least that "unmistakable" means: the mean images of half recognise the other half. */
  @Test
  void classesAreToldApartByTheirMeanImages() {
    double[][] means = new double[10][SIDE * SIDE];
    int[] counts = new int[10];
    for (int i = 0; i < MANY / 2; i++) {
      counts[DIGITS.label(i)]++;
      for (int at = 0; at < SIDE * SIDE; at++) {
        means[DIGITS.label(i)][at] += pixel(i, at);
      }
    }
    int right = 0;
    for (int i = MANY / 2; i < MANY; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int digit = 0; digit < 10; digit++) {
        double distance = 0;
        for (int at = 0; at < SIDE * SIDE; at++) {
          double off = pixel(i, at) - means[digit][at] / counts[digit];
          distance += off * off;
        }
        if (distance < least) {
          least = distance;
          best = digit;
        }
      }
      right += best == DIGITS.label(i) ? 1 : 0;
    }
    // MNIST's own figure for this classifier is 0.82.
    assertThat(right / (MANY / 2.0)).isGreaterThan(0.82);
  }

  @Test
  void theDataSetIsAsLargeAsMnistAndNamesItsContents() {
    DataSet set = PenDigits.dataSet(0);

    assertThat(set.name()).isEqualTo("pen");
    assertThat(set.location()).isEqualTo("generated");
    assertThat(set.train().count()).isEqualTo(60_000);
    assertThat(set.test().count()).isEqualTo(10_000);
    assertThat(set.train().height()).isEqualTo(SIDE);
    assertThat(set.train().width()).isEqualTo(SIDE);
    assertThat(set.sha256()).isEqualTo(ContentHash.of(set.train(), set.test()));
    assertThat(pixels(set.train(), 0, MANY)).isEqualTo(DIGITS.pixels());
  }

  @Test
  void noneAreNoImagesAndFewerThanNoneAreAnError() {
    assertThat(PenDigits.images(0, PenDigits.Part.TEST, 5, 0).count()).isZero();
    assertThatThrownBy(() -> PenDigits.images(0, PenDigits.Part.TEST, -1, 10))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "pen digits: expected a first index of 0 or more and a count from 0 to 2739137 that"
                + " ends below 2^31, found -1 and 10; ask for fewer at once");
    assertThatThrownBy(() -> PenDigits.images(0, PenDigits.Part.TEST, 0, -1))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> PenDigits.images(0, PenDigits.Part.TEST, 0, 2_739_138))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> PenDigits.images(0, PenDigits.Part.TEST, Integer.MAX_VALUE, 1))
        .isInstanceOf(InputException.class);
  }

  private static int pixel(int image, int at) {
    return DIGITS.pixels()[image * SIDE * SIDE + at] & 0xff;
  }

  private static byte[] pixels(Images images, int from, int count) {
    int size = images.size();
    return Arrays.copyOfRange(images.pixels(), from * size, (from + count) * size);
  }
}
