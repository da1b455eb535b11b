package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.elbo.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final String WAY_OUT = "delete it and run again";

  @TempDir Path folder;

  @Test
  void plainAndPackedFilesHoldTheSameWhateverTheyAreCalled() {
    byte[] bytes = IdxBytes.images(3, 2, 5, 7);
    Path plain = file("plain.gz", bytes);
    Path packed = file("packed", IdxBytes.gzip(bytes));
    for (Path file : new Path[] {plain, packed}) {
      Images images = Idx.images(file, Optional.empty(), WAY_OUT);
      assertThat(images.count()).isEqualTo(3);
      assertThat(images.height()).isEqualTo(2);
      assertThat(images.width()).isEqualTo(5);
      assertThat(images.pixels()).isEqualTo(IdxBytes.pattern(30, 7));
      assertThat(images.labels()).isEmpty();
      assertThat(Idx.read(file, 3, WAY_OUT).sha256()).isEqualTo(Sha256.of(bytes));
    }
  }

  @Test
  void labelsComeWithTheirImages() {
    Path images = file("images", IdxBytes.images(12, 1, 1, 0));
    Path labels = file("labels", IdxBytes.gzip(IdxBytes.labels(12)));
    Images read = Idx.images(images, Optional.of(labels), WAY_OUT);
    assertThat(read.labels().orElseThrow()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
  }

  @Test
  void aGzipFileOfSeveralMembersIsOneFile() {
    byte[] bytes = IdxBytes.images(4, 3, 3, 1);
    byte[] first = IdxBytes.gzip(Arrays.copyOf(bytes, 20));
    byte[] second = IdxBytes.gzip(Arrays.copyOfRange(bytes, 20, bytes.length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(Idx.read(file("members.gz", both), 3, WAY_OUT).data())
        .isEqualTo(IdxBytes.pattern(36, 1));
  }

  @Test
  void contentsThatPackFarBetterThanGuessedAreWhole() {
    byte[] blank = IdxBytes.of(new byte[3_000_000], 3, 1000, 1000);
    Path file = file("blank.gz", IdxBytes.gzip(blank));
    assertThat(Idx.read(file, 3, WAY_OUT).data()).isEqualTo(new byte[3_000_000]);
  }

  @Test
  void aFileCutOffSaysHowLongItShouldBe() {
    byte[] bytes = IdxBytes.images(100, 28, 28, 0);
    Path file = file("cut", Arrays.copyOf(bytes, 50_000));
    failsWith(file, 3, "expected 78,416 bytes, found 50,000; delete it and run again");
  }

  @Test
  void packedContentsThatEndTooSoonSayHowLongTheyAre() {
    byte[] bytes = IdxBytes.images(100, 28, 28, 0);
    Path file = file("short.gz", IdxBytes.gzip(Arrays.copyOf(bytes, 50_000)));
    failsWith(
        file,
        3,
        "expected 78,416 bytes after decompression, found 50,000; delete it and run again");
  }

  @Test
  void aPackedFileCutOffInTheMiddleSaysHowLongItShouldBe() {
    byte[] noise = new byte[78_400];
    new Random(1).nextBytes(noise);
    byte[] packed = IdxBytes.gzip(IdxBytes.of(noise, 100, 28, 28));
    Path file = file("torn.gz", Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> Idx.read(file, 3, WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            ".*torn\\.gz: expected 78,416 bytes after decompression, found 3\\d,\\d{3}; delete"
                + " it.*");
  }

  @Test
  void aPackedFileWithoutItsTrailerIsDamaged() {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(2, 2, 2, 0));
    failsWith(
        file("t.gz", Arrays.copyOf(packed, packed.length - 8)), 3, "expected a whole gzip file");
  }

  @Test
  void aPackedFileWithAFlippedBitIsDamaged() {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(2, 2, 2, 0));
    packed[packed.length - 6] ^= 1; // in the checksum
    failsWith(
        file("bit.gz", packed), 3, "expected a whole gzip file, found a damaged one (Corrupt");
  }

  @Test
  void trailingBytesAreAnErrorPackedOrNot() {
    byte[] bytes = IdxBytes.images(2, 2, 2, 0);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    failsWith(file("long", longer), 3, "expected 24 bytes, found 25; " + WAY_OUT);
    failsWith(
        file("long.gz", IdxBytes.gzip(longer)),
        3,
        "expected 24 bytes after decompression, found more; " + WAY_OUT);
  }

  @Test
  void foreignContentsAreToldByTheirFirstBytes() {
    failsWith(
        file("page", "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)),
        3,
        "expected an IDX file, which begins with 00 00 08 03, found 3c 21 44 4f; " + WAY_OUT);
  }

  @Test
  void anEmptyFileSaysSo() {
    failsWith(file("empty", new byte[0]), 3, "found an empty file; " + WAY_OUT);
    failsWith(file("empty.gz", IdxBytes.gzip(new byte[0])), 3, "found an empty file; " + WAY_OUT);
    failsWith(file("two", new byte[] {0x1f, (byte) 0x8b}), 3, "found a damaged one");
  }

  @Test
  void aHeaderCutOffSaysSo() {
    byte[] bytes = Arrays.copyOf(IdxBytes.images(2, 2, 2, 0), 10);
    failsWith(
        file("header", bytes), 3, "expected a header of 16 bytes, found 10 bytes; " + WAY_OUT);
  }

  @Test
  void otherTypesThanBytesAreRefused() {
    byte[] bytes = IdxBytes.images(2, 2, 2, 0);
    bytes[2] = 0x0d;
    failsWith(file("floats", bytes), 3, "expected IDX type 08 (unsigned bytes), found type 0d");
  }

  @Test
  void imagesAndLabelsAreNotMistakenForEachOther() {
    failsWith(file("l", IdxBytes.labels(40)), 3, "expected a rank of 3 (images), found rank 1");
    failsWith(
        file("i", IdxBytes.images(1, 1, 1, 0)), 1, "expected a rank of 1 (labels), found rank 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noSizeMayBeZero(int which) {
    int[] sizes = {5, 4, 3};
    sizes[which] = 0;
    String shape = sizes[0] + "×" + sizes[1] + "×" + sizes[2];
    failsWith(
        file("zero", IdxBytes.of(new byte[0], sizes)),
        3,
        "expected no size of zero, found " + shape + "; " + WAY_OUT);
  }

  @Test
  void aHeaderThatPromisesMoreThanMemoryIsRefusedWithoutAllocating() {
    failsWith(
        file("huge", IdxBytes.gzip(IdxBytes.of(new byte[9], -1, -1, -1))),
        3,
        "what fits in memory, found 4294967295×4294967295×4294967295; " + WAY_OUT);
    failsWith(file("big", IdxBytes.of(new byte[9], 1, 65_536, 65_536)), 3, "found 1×65536×65536");
  }

  @Test
  void aBombIsLeftOneByteAfterWhatItsHeaderPromised() {
    byte[] header = IdxBytes.of(new byte[0], 1, 2, 2);
    Path bomb = file("bomb.gz", IdxBytes.gzip(Arrays.copyOf(header, 300_000_000)));
    long before = allocated();
    failsWith(bomb, 3, "expected 20 bytes after decompression, found more");
    assertThat(allocated() - before).as("bytes allocated").isLessThan(3_000_000);
  }

  @Test
  void aSmallPackedFileCannotMakeTheReaderAllocateWhatItPromises() {
    Path liar = file("liar.gz", IdxBytes.gzip(IdxBytes.of(new byte[1000], 10_000, 100, 100)));
    long before = allocated();
    failsWith(liar, 3, "expected 100,000,016 bytes after decompression, found 1,016");
    assertThat(allocated() - before).as("bytes allocated").isLessThan(3_000_000);
  }

  @Test
  void labelsMustBeAsManyAsImages() {
    Path images = file("some-images", IdxBytes.images(1200, 1, 1, 0));
    Path labels = file("some-labels", IdxBytes.labels(1100));
    assertThatThrownBy(() -> Idx.images(images, Optional.of(labels), WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            labels
                + ": expected 1,200 labels, one for each image of some-images, found 1,100; "
                + WAY_OUT);
  }

  @Test
  void aFolderAMissingFileAndALoopOfLinksAreRefused() throws IOException {
    failsWith(folder, 3, "expected a regular file, found a folder");
    failsWith(folder.resolve("nothing"), 3, "expected a file, found none");
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    failsWith(loop, 3, "cannot be looked at");
  }

  @Test
  @Timeout(10)
  void devicesAndPipesAreRefusedBeforeTheyAreOpened() throws Exception {
    Path device = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(device), "needs /dev/zero");
    failsWith(device, 3, "expected a regular file, found a device or a pipe; give an IDX file");
    Path pipe = folder.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(mkfifo.waitFor(5, TimeUnit.SECONDS)).isTrue();
    failsWith(pipe, 3, "found a device or a pipe");
  }

  @Test
  void numbersInErrorsDoNotFollowTheDefaultLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      byte[] bytes = IdxBytes.images(100, 28, 28, 0);
      failsWith(
          file("cut", Arrays.copyOf(bytes, 50_000)), 3, "expected 78,416 bytes, found 50,000");
    } finally {
      Locale.setDefault(before);
    }
  }

  private Path file(String name, byte[] bytes) {
    return IdxBytes.write(folder.resolve(name), bytes);
  }

  private static void failsWith(Path file, int rank, String message) {
    assertThatThrownBy(() -> Idx.read(file, rank, WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
