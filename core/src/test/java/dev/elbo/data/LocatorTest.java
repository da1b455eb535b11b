package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocatorTest {
  private static final Role ROLE = Role.TRAIN_IMAGES;

  @TempDir Path root;

  private final TinySet tiny = TinySet.of("tiny", 5);
  private final TinySet other = TinySet.of("other", 99);
  private Path first;
  private Path second;
  private Locator locator;

  @BeforeEach
  void twoFolders() {
    first = root.resolve("first");
    second = root.resolve("second");
    locator = new Locator(List.of(first, second), List.of(tiny.known(), other.known()));
  }

  @Test
  void eachLayoutIsFoundInItsTurn() {
    List<Path> layouts =
        List.of(
            second.resolve("train-images-idx3-ubyte.gz"),
            second.resolve("train-images-idx3-ubyte"),
            second.resolve("tiny/train-images-idx3-ubyte.gz"),
            second.resolve("tiny/train-images-idx3-ubyte"),
            first.resolve("train-images-idx3-ubyte.gz"),
            first.resolve("train-images-idx3-ubyte"),
            first.resolve("tiny/train-images-idx3-ubyte.gz"),
            first.resolve("tiny/train-images-idx3-ubyte"));
    assertThat(find()).isEmpty();
    for (Path path : layouts) { // from the last choice to the first
      byte[] bytes = (path.toString().endsWith(".gz") ? tiny.packed() : tiny.plain()).get(ROLE);
      IdxBytes.write(path, bytes);
      assertThat(find()).contains(path);
    }
  }

  @Test
  void theRightContentsPackedAnewAreTheRightFile() throws IOException {
    Path path = first.resolve("train-images-idx3-ubyte.gz");
    Files.createDirectories(first);
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(path)) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      out.write(tiny.plain().get(ROLE));
    }
    assertThat(Files.size(path)).isNotEqualTo(tiny.file(ROLE).gzipBytes());
    assertThat(find()).contains(path);
  }

  @Test
  void aFileWithOneWrongBitIsAnErrorEvenWhenAnotherPlaceHasAGoodOne() {
    tiny.putPacked(second);
    byte[] bytes = tiny.plain().get(ROLE).clone();
    bytes[50] ^= 1;
    Path bad = IdxBytes.write(first.resolve("tiny/train-images-idx3-ubyte"), bytes);
    assertThatThrownBy(this::find)
        .isInstanceOf(InputException.class)
        .hasMessage(
            bad
                + ": expected tiny's file with SHA-256 "
                + tiny.file(ROLE).sha256()
                + " after decompression, found "
                + Sha256.of(bytes)
                + "; delete it and run again, or give your own images with --data and without"
                + " --dataset");
  }

  @Test
  void aTruncatedFileSaysHowLongItShouldBe() {
    byte[] cut = Arrays.copyOf(tiny.plain().get(ROLE), 100);
    Path bad = IdxBytes.write(first.resolve("train-images-idx3-ubyte"), cut);
    assertThatThrownBy(this::find)
        .isInstanceOf(InputException.class)
        .hasMessage(bad + ": expected 336 bytes, found 100; delete it and run again");
  }

  @Test
  void aLinkToNowhereIsNamedNotSkipped() throws IOException {
    Files.createDirectories(first);
    Path link = first.resolve("train-images-idx3-ubyte");
    Files.createSymbolicLink(link, root.resolve("gone"));
    assertThatThrownBy(this::find)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(link + ": expected a file, found none, or a link to nowhere");
  }

  @Test
  void anotherKnownSetLyingUnderNoNameIsPassedOver() {
    other.putPlain(first);
    tiny.putPacked(second);
    assertThat(find()).contains(second.resolve("train-images-idx3-ubyte.gz"));
  }

  @Test
  void anotherKnownSetUnderThisOnesNameIsAnError() {
    other.putPlain(first.resolve("tiny"));
    assertThatThrownBy(this::find)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found " + other.file(ROLE).sha256());
  }

  private Optional<Path> find() {
    return locator.find(tiny.known(), tiny.file(ROLE));
  }
}
