package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.Numbers;
import dev.elbo.tensor.Noise;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  private static final TensorFile SMALL =
      new TensorFile(
          new TreeMap<>(Map.of("seed", "0", "config", "{\"latent_size\":2}", "zoë", "\n✓")),
          List.of(
              new NamedTensor("z.weight", List.of(2, 3), new float[] {1, -2, 3.5f, -0f, 1e-45f, 6}),
              new NamedTensor("a.bias", List.of(1), new float[] {0.1f}),
              new NamedTensor("none", List.of(0, 7), new float[0]),
              new NamedTensor("scalar", List.of(), new float[] {42})));

  @Test
  void theHeaderIsTheOneTheFormatPageShows() {
    byte[] bytes = SafeTensors.encode(SMALL);
    int length = (int) little(bytes).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);

    assertThat(length % 8).isZero();
    assertThat(header.replaceAll("[0-9a-f]{64}", "DIGITS").stripTrailing())
        .isEqualTo(
            "{\"__metadata__\":{\"config\":\"{\\\"latent_size\\\":2}\",\"seed\":\"0\","
                + "\"sha256\":\"DIGITS\",\"zoë\":\"\\n✓\"},"
                + "\"z.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[28,28]},"
                + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[28,32]}}");
    assertThat(bytes).hasSize(8 + length + 32);
    assertThat(little(bytes).getFloat(8 + length)).isEqualTo(1f);
    assertThat(little(bytes).getFloat(8 + length + 28)).isEqualTo(42f);
  }

  @Test
  void theBytesArePinned() {
    assertThat(HexFormat.of().formatHex(SafeTensors.digest().digest(SafeTensors.encode(SMALL))))
        .isEqualTo("45f5496efbdca647f380e0bb223f88d78ce4d572869a0a92383482fcf55df2bf");
  }

  @Test
  void theChecksumIsThatOfTheFileWithItsDigitsZeroed() {
    byte[] bytes = SafeTensors.encode(SMALL);
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = all.indexOf("\"sha256\":\"") + 10;
    String zeroed = all.substring(0, at) + "0".repeat(64) + all.substring(at + 64);
    byte[] digest = SafeTensors.digest().digest(zeroed.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(all.substring(at, at + 64)).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void whatIsReadIsWhatWasWritten(@TempDir Path folder) throws Exception {
    byte[] bytes = SafeTensors.encode(SMALL);
    Path file = Files.write(folder.resolve("m.safetensors"), bytes);

    assertThat(SafeTensors.decode(bytes, "m")).isEqualTo(SMALL);
    assertThat(SafeTensors.read(file)).isEqualTo(SMALL);
    assertThat(SafeTensors.read(new ByteArrayInputStream(bytes), "m")).isEqualTo(SMALL);
    assertThat(SafeTensors.encode(SafeTensors.read(file))).isEqualTo(bytes);
    assertThat(SMALL.tensor("a.bias").orElseThrow().values()).containsExactly(0.1f);
    assertThat(SMALL.tensor("b.bias")).isEmpty();
  }

  @Test
  void randomFilesSurviveTheRoundTrip() {
    Noise noise = Noise.of(7);
    for (int i = 0; i < 200; i++) {
      TensorFile file = random(noise.at(i));
      byte[] bytes = SafeTensors.encode(file);
      TensorFile back = SafeTensors.decode(bytes, "random");
      assertThat(back).isEqualTo(file);
      assertThat(SafeTensors.encode(back)).isEqualTo(bytes);
    }
  }

  @Test
  void aTensorLargerThanTheReadBufferIsWhole() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    TensorFile file =
        new TensorFile(
            new TreeMap<>(), List.of(new NamedTensor("w", List.of(values.length), values)));
    assertThat(SafeTensors.decode(SafeTensors.encode(file), "w")).isEqualTo(file);
  }

  @Test
  void anyFlippedBitIsRefused() {
    byte[] bytes = SafeTensors.encode(SMALL);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] broken = bytes.clone();
        broken[i] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> SafeTensors.decode(broken, "m"))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith("m: ");
      }
    }
  }

  @Test
  void anyTruncationIsRefused() {
    byte[] bytes = SafeTensors.encode(SMALL);
    for (int length = 0; length < bytes.length; length++) {
      byte[] broken = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SafeTensors.decode(broken, "m"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("m: ");
    }
  }

  @Test
  void anAlteredWeightIsCalledAltered() {
    byte[] bytes = SafeTensors.encode(SMALL);
    bytes[bytes.length - 1] ^= 1;
    assertThatThrownBy(() -> SafeTensors.decode(bytes, "model.safetensors"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "model.safetensors: altered or damaged: expected sha256 [0-9a-f]{64}, found"
                + " [0-9a-f]{64}; use another copy of it or train again");
  }

  @Test
  void nonFiniteValuesCanBeReadAndAreReportedByTheirOwnCheck() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      TensorFile file =
          new TensorFile(
              new TreeMap<>(), List.of(new NamedTensor("w", List.of(2), new float[] {0, bad})));
      TensorFile back = SafeTensors.decode(SafeTensors.encode(file), "m");
      assertThat(back).isEqualTo(file);
      assertThatThrownBy(() -> back.requireFinite("m"))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "m: expected finite numbers, found "
                  + Numbers.text(bad)
                  + " at position 1 of w; use an earlier checkpoint or train again");
    }
    assertThat(SMALL.requireFinite("m")).isSameAs(SMALL);
  }

  @Test
  void contentThatCouldNotBeReadBackCannotBeMade() {
    TreeMap<String, String> none = new TreeMap<>();
    NamedTensor w = new NamedTensor("w", List.of(), new float[1]);
    assertThatThrownBy(() -> new NamedTensor("w", List.of(2, 2), new float[3]))
        .hasMessage("w: shape [2, 2] does not fit 3 values");
    assertThatThrownBy(() -> new NamedTensor("w", List.of(-1, -1), new float[1]))
        .hasMessage("w: negative size in shape [-1, -1]");
    assertThatThrownBy(() -> new NamedTensor("w", List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), new float[1]))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> new NamedTensor("__metadata__", List.of(), new float[1]))
        .hasMessage("__metadata__ is no name for a tensor");
    assertThatThrownBy(() -> new TensorFile(none, List.of(w, w))).hasMessage("w is there twice");
    assertThatThrownBy(() -> new TensorFile(new TreeMap<>(Map.of("sha256", "")), List.of()))
        .hasMessage("sha256 is computed on writing");
  }

  private static TensorFile random(Noise noise) {
    TreeMap<String, String> metadata = new TreeMap<>();
    for (int i = 0; i < noise.below(5, 0); i++) {
      metadata.put(text(noise.at(i)), text(noise.at(100 + i)));
    }
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < noise.below(5, 1); i++) {
      int rows = noise.below(4, 10 + i);
      int columns = noise.below(50, 20 + i);
      float[] values = new float[rows * columns];
      for (int j = 0; j < values.length; j++) {
        values[j] = Float.intBitsToFloat((int) noise.at(i).word(j));
      }
      tensors.add(new NamedTensor(i + text(noise.at(200 + i)), List.of(rows, columns), values));
    }
    return new TensorFile(metadata, tensors);
  }

  /**
   * Quotes, control characters, two-, three- and four-byte letters, and words like our own keys.
   */
  private static String text(Noise noise) {
    String[] parts = {
      "a", "\"", "\\", "\u0000", "\n", "é", "✓", "😀", "sha256", "\"sha256\":\"", "{"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < noise.below(6, 0); i++) {
      text.append(parts[noise.below(parts.length, 1 + i)]);
    }
    return text.toString().equals("sha256") ? "" : text.toString();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
