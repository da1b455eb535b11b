package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.InputException;
import dev.elbo.tensor.Noise;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One tiny broken file for each error of the reader. */
class BrokenSafeTensorsTest {
  private static final String WAY_OUT = "; give a file that Elbo wrote";

  /** Takes a second or two; a hang or a quadratic cost would take minutes. */
  private static final Duration PROMPTLY = Duration.ofSeconds(60);

  /** Entries of a header, with ' for ", the bytes of data that follow, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|4|\
          not written by Elbo: expected a sha256 in its metadata, found none
          {'__metadata__':{'format':'pt'}}|0|\
          not written by Elbo: expected a sha256 in its metadata, found none
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|4|\
          truncated: expected 8 bytes of tensors, found 4
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|5|\
          trailing bytes: expected 4 bytes of tensors, found 5
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],\
          'data_offsets':[0,4]}}|4|\
          b: expected data from byte 4 on, found an overlap to byte 0
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],\
          'data_offsets':[8,12]}}|12|\
          b: expected data from byte 4 on, found a hole to byte 8
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|\
          a: expected data from byte 0 on, found a hole to byte 4
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|\
          a: expected 8 bytes for shape [2], found data_offsets [0, 4]
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}|4|\
          a: expected 4 bytes for shape [1], found data_offsets [4, 0]
          {'a':{'dtype':'BF16','shape':[1],'data_offsets':[0,2]}}|2|\
          a: expected dtype F32, found BF16
          {'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,0]}}|0|\
          a: expected fewer than 2³¹ values, found shape [65536, 65536]
          {'a':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}}|4|\
          a: expected fewer than 2³¹ values, found shape [4294967297]
          {'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,4]}}|4|\
          a: expected fewer than 2³¹ values, found shape [2147483647, 2147483647, 4]
          {'a':{'dtype':'F32','shape':[536870912],'data_offsets':[0,2147483648]}}|4|\
          truncated: expected 2,147,483,648 bytes of tensors, found 4
          {'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found the negative -1
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}|4|\
          a: expected at most 2 whole numbers as data_offsets, found the negative -4
          {'a':{'dtype':'F32','shape':[18446744073709551617],'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found one past 2⁶³
          {'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found another value among them
          {'a':{'dtype':'F32','shape':[[1]],'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found another value among them
          {'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found another value
          {'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}}|4|\
          a: expected at most 8 whole numbers as shape, found more
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}|4|\
          a: expected at most 2 whole numbers as data_offsets, found more
          {'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}|4|\
          a: expected dtype, shape and two data_offsets, found less
          {'a':{'shape':[1],'data_offsets':[0,4]}}|4|\
          a: expected dtype, shape and two data_offsets, found less
          {'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}}|4|\
          a: expected one each of dtype, shape and data_offsets, found a wrong or repeated dtype
          {'a':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}}|4|\
          a: expected one each of dtype, shape and data_offsets, found a wrong or repeated shape
          {'a':{'dtype':'F32','strides':[1],'data_offsets':[0,4]}}|4|\
          a: expected one each of dtype, shape and data_offsets, found a wrong or repeated strides
          {'a':{'dtype':7,'shape':[1],'data_offsets':[0,4]}}|4|\
          a: expected one each of dtype, shape and data_offsets, found a wrong or repeated dtype
          {'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'a':{'dtype':'F32','shape':[0],\
          'data_offsets':[0,0]}}|0|\
          expected each name once in the header, found a twice
          {'__metadata__':{},'__metadata__':{}}|0|\
          expected each name once in the header, found __metadata__ twice
          {'__metadata__':{'k':'1','k':'2'}}|0|expected each metadata key once, found k twice
          {'__metadata__':{'k':1}}|0|expected text for metadata k, found another value
          {'__metadata__':[]}|0|\
          __metadata__: expected a JSON object in the header, found another value
          {'a':[1]}|0|a: expected a JSON object in the header, found another value
          {'a\\u001b[31m':[1]}|0|a?[31m: expected a JSON object in the header, found another value
          {'__metadata__':{'k':'a\\ud800'}}|0|\
          expected Unicode text, found half a surrogate pair in a?
          {'a\\ud800':{}}|0|expected JSON in the header, found an error in it
          {}{}|0|expected spaces after the header's closing brace, found more JSON
          {'a':|0|expected JSON in the header, found an error in it
          {'a':{'dtype':'F32','shape':[1|0|expected JSON in the header, found an error in it
          {a}|0|expected JSON in the header, found an error in it
          []|0|expected a JSON object as the header of a safetensors file, found none
          """)
  void eachErrorHasItsSentence(String header, int dataBytes, String sentence) {
    assertRefused(file(header.replace('\'', '"'), dataBytes), sentence + WAY_OUT);
  }

  @Test
  void aChecksumThatIsNoneIsCalledAltered() {
    String plain = "'__metadata__':{'sha256':'%s'}";
    String end = "; use another copy of it or train again";
    String start = "altered or damaged: expected a sha256 of 64 digits, found ";
    assertRefused(metadata(plain.formatted("")), start + end);
    assertRefused(metadata(plain.formatted("abc")), start + "abc" + end);
    // The right digits in a spelling that cannot be zeroed in place.
    assertRefused(
        metadata(plain.formatted("\\u0030" + "0".repeat(63))), start + "0".repeat(60) + "…" + end);
  }

  @Test
  void filesOfOtherKindsAreNamed() {
    String expected = "expected a safetensors file, found ";
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0};
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 1};
    assertRefused(new byte[0], expected + "an empty file" + WAY_OUT);
    assertRefused(new byte[7], expected + "7 bytes" + WAY_OUT);
    assertRefused(png, expected + "a PNG image of 12 bytes" + WAY_OUT);
    assertRefused(zip, expected + "a zip archive (such as PyTorch writes) of 10 bytes" + WAY_OUT);
    assertRefused(gzip, expected + "a gzip file of 9 bytes" + WAY_OUT);
    assertRefused(
        "Hello, world!\n".getBytes(StandardCharsets.US_ASCII),
        expected + "a truncated or foreign file of 14 bytes" + WAY_OUT);
    assertRefused(
        new byte[8],
        "expected a JSON object as the header of a safetensors file, found none" + WAY_OUT);
  }

  @Test
  void headerLengthsThatTheFileDoesNotJustifyAreRefused() {
    for (long length : new long[] {-1, Long.MIN_VALUE, 9, 100_000_001, 1L << 31, 1L << 62}) {
      byte[] bytes = little(16).putLong(length).array();
      assertRefused(
          bytes,
          "expected a safetensors file, found a truncated or foreign file of 16 bytes" + WAY_OUT);
    }
  }

  @Test
  void utf16AndBrokenUtf8AreRefused() {
    assertRefused(
        raw("{}".getBytes(StandardCharsets.UTF_16LE)),
        "expected a JSON object as the header of a safetensors file, found none" + WAY_OUT);
    assertRefused(
        raw(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '{', '}', '}'}),
        "expected JSON in the header, found an error in it" + WAY_OUT);
  }

  @Test
  void jsonNestedAHundredThousandDeepIsRefusedPromptly() {
    String deep = "[".repeat(100_000);
    String objects = "{\"a\":".repeat(100_000);
    Assertions.assertTimeoutPreemptively(
        PROMPTLY,
        () -> {
          assertRefused(
              file("{\"a\":" + deep, 0),
              "a: expected a JSON object in the header, found another value" + WAY_OUT);
          assertRefused(
              file("{\"a\":{\"shape\":" + deep, 0),
              "a: expected at most 8 whole numbers as shape, found another value among them"
                  + WAY_OUT);
          assertRefused(
              file(objects, 0),
              "a: expected one each of dtype, shape and data_offsets, found a wrong or repeated a"
                  + WAY_OUT);
        });
  }

  @Test
  void aMillionTensorsAndAMillionKeysAreRefusedPromptly() {
    StringBuilder tensors = new StringBuilder("{");
    StringBuilder keys = new StringBuilder("{\"__metadata__\":{");
    for (int i = 0; i < 1_000_000; i++) {
      tensors.append('"').append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],");
      tensors.append("\"data_offsets\":[0,0]},");
      keys.append('"').append(i).append("\":\"\",");
    }
    Assertions.assertTimeoutPreemptively(
        PROMPTLY,
        () -> {
          assertRefused(
              file(tensors.toString(), 0), "expected at most 65,536 tensors, found more" + WAY_OUT);
          assertRefused(
              file(keys.toString(), 0),
              "expected at most 65,536 metadata keys, found more" + WAY_OUT);
        });
  }

  @Test
  void aLongNameIsShortenedInTheError() {
    assertRefused(
        file("{\"" + "n".repeat(1000) + "\":1}", 0),
        "n".repeat(60) + "…: expected a JSON object in the header, found another value" + WAY_OUT);
  }

  @Test
  void randomlyMangledFilesThrowOnlyInputException() {
    TensorFile small =
        new TensorFile(
            new TreeMap<>(),
            List.of(
                new NamedTensor("a", List.of(2), new float[] {1, 2}),
                new NamedTensor("b", List.of(1, 1), new float[] {3})));
    byte[] good = SafeTensors.encode(small);
    for (int i = 0; i < 20_000; i++) {
      Noise noise = Noise.of(i);
      byte[] bytes = good.clone();
      for (int change = 0; change <= noise.below(4, 0); change++) {
        String letters = "{}[]\",:0123456789-eE.\\u \0";
        bytes[8 + noise.below(bytes.length - 8, 1 + change)] =
            (byte) letters.charAt(noise.below(letters.length(), 100 + change));
      }
      try {
        assertThat(SafeTensors.decode(bytes, "m")).isEqualTo(small);
        assertThat(bytes).isEqualTo(good);
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("m: ");
      }
    }
  }

  @Test
  void pathsThatAreNoFilesAreRefusedBeforeTheyAreOpened(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> SafeTensors.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": expected a safetensors file, found a folder" + WAY_OUT);
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> SafeTensors.read(none))
        .isInstanceOf(InputException.class)
        .hasMessage(none + ": could not be read: no such file or folder; check the path");
    Path file = Files.write(folder.resolve("short.safetensors"), new byte[3]);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": expected a safetensors file, found 3 bytes" + WAY_OUT);
  }

  @Test
  void devicesPipesAndLoopsOfLinksAreRefusedPromptly(@TempDir Path folder) throws Exception {
    Path zero = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zero), "this system has no /dev/zero");
    Path pipe = folder.resolve("pipe");
    Process make = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(make.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    Assertions.assertTimeoutPreemptively(
        PROMPTLY,
        () -> {
          for (Path path : List.of(zero, pipe)) {
            assertThatThrownBy(() -> SafeTensors.read(path))
                .isInstanceOf(InputException.class)
                .hasMessage(
                    path + ": expected a safetensors file, found a device or pipe" + WAY_OUT);
          }
          assertThatThrownBy(() -> SafeTensors.read(loop))
              .isInstanceOf(InputException.class)
              .hasMessageStartingWith(loop + ": could not be read: ");
        });
  }

  private static void assertRefused(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> SafeTensors.decode(bytes, "m.safetensors"))
        .isInstanceOf(InputException.class)
        .hasMessage("m.safetensors: " + sentence);
  }

  private static byte[] metadata(String entries) {
    return file("{" + entries.replace('\'', '"') + "}", 0);
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return little(8 + text.length + dataBytes).putLong(text.length).put(text).array();
  }

  private static byte[] raw(byte[] header) {
    return little(8 + header.length).putLong(header.length).put(header).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
