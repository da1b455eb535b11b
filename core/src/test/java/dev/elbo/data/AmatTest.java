package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmatTest {
  private static final String TEXT = "0 1 1 0\n1 0 0 0\n";
  private static final String WAY_OUT = "delete it";

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.amat"), bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void digitsBecomePixelsPackedOrNot() throws IOException {
    for (byte[] bytes : new byte[][] {bytes(TEXT), IdxBytes.gzip(bytes(TEXT))}) {
      Amat amat = Amat.read(file(bytes), 16, WAY_OUT);
      Images images = amat.images(2, 2, WAY_OUT);
      assertThat(images.count()).isEqualTo(2);
      assertThat(images.pixels()).containsExactly(0, 255, 255, 0, 255, 0, 0, 0);
      assertThat(images.labels()).isEmpty();
      assertThat(amat.sha256()).isEqualTo(Sha256.of(bytes(TEXT)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'0 1 1 0 1 0 0 0\n', 1",
    "'0 1 1 0\n1 2 0 0\n', 2",
    "'0 1 1 0\n1,0 0 0\n', 2",
    "'0.1 1 0\n1 0 0 0\n', 1"
  })
  void anotherTextIsRefusedByItsLine(String text, int line) throws IOException {
    Path file = file(bytes(text));
    Amat amat = Amat.read(file, 16, WAY_OUT);
    assertThatThrownBy(() -> amat.images(2, 2, WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: expected lines of 4 digits 0 or 1 with a space between, found another text in line %d; delete it"
                .formatted(file, line));
  }

  @Test
  void anotherLengthIsRefused() throws IOException {
    Path file = file(bytes(TEXT));
    refused(file, 18, "%s: expected 18 bytes of text, found 16; delete it");
    refused(file, 14, "%s: expected 14 bytes of text, found more; delete it");
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    byte[] packed = IdxBytes.gzip(bytes(TEXT));
    Path file = file(Arrays.copyOf(packed, packed.length - 9));
    assertThatThrownBy(() -> Amat.read(file, 16, WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": expected a whole gzip file, found a damaged one (")
        .hasMessageEndingWith("); delete it");
  }

  private static void refused(Path file, long bytes, String message) {
    assertThatThrownBy(() -> Amat.read(file, bytes, WAY_OUT))
        .isInstanceOf(InputException.class)
        .hasMessage(message.formatted(file));
  }
}
