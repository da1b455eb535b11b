package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class BadRequestTest {
  private static final String MODEL = "/api/v1/models/default";

  private static Studio studio;
  private static Wire wire;

  @BeforeAll
  static void start() {
    studio = Studios.start();
    wire = new Wire(studio.port());
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  private static String zeros(int count) {
    return String.join(",", java.util.Collections.nCopies(count, "0"));
  }

  private void assertRefused(Wire.Reply reply, int status, String field, String sentence) {
    assertThat(reply.error()).isEqualTo(sentence);
    assertThat(reply.field()).isEqualTo(field);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
  }

  /** The codes are 64 numbers; X stands for 63 zeros. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'codes':[[101,X]]}|codes[0][0]|codes[0][0]: expected a number from -100 to 100, found 101.0",
        "{'codes':[[X,-1e3]]}|codes[0][63]|codes[0][63]: expected a number from -100 to 100, found -1000.0",
        "{'codes':[[X,0],[X,1e999]]}|codes[1][63]|codes[1][63]: expected a number from -100 to 100, found Infinity",
        "{'codes':[[X,NaN]]}|codes[0][63]|codes[0][63]: expected JSON of at most 16 levels, found a fault at line 1, column 141",
        "{'codes':[[X,null]]}|codes[0][63]|codes[0][63]: expected a number, found null",
        "{'codes':[[X,'1']]}|codes[0][63]|codes[0][63]: expected a number, found a text",
        "{'codes':[[X,[1]]]}|codes[0][63]|codes[0][63]: expected a number, found an array",
        "{'codes':[[X,true]]}|codes[0][63]|codes[0][63]: expected a number, found true or false",
        "{'codes':[[X]]}|codes[0]|codes[0]: expected 64 numbers, found 63",
        "{'codes':[[X,0,0]]}|codes[0]|codes[0]: expected 64 numbers, found more",
        "{'codes':[[X,0],[]]}|codes[1]|codes[1]: expected 64 numbers, found 0",
        "{'codes':[]}|codes|codes: expected at least one, found none",
        "{}|codes|codes: expected at least one, found none",
        "{'codes':7}|codes|codes: expected an array, found another number",
        "{'codes':[7]}|codes[0]|codes[0]: expected an array, found another number",
        "{'codes':[[X,0]],'labels':[1]}|labels|labels: expected none for a model that is not conditional, found some",
        "{'images':[[X,0]]}|images|body: expected codes, found \"images\"",
        "[[X,0]]|body|body: expected an object, found an array",
        "7|body|body: expected an object, found another number",
        "{'codes':[[X,0]]} 7|body|body: expected one object, found another number",
        "{'codes':[[X,0]],'codes':[[X,0]]}|codes[0]|codes[0]: expected JSON of at most 16 levels, found a fault at line 1, column 149",
      })
  void aBadValueIsNamed(String body, String field, String sentence) {
    String json = body.replace('\'', '"').replace("X", zeros(63));
    assertRefused(wire.post(MODEL + "/decode").json(json).send(), 400, field, sentence);
  }

  @Test
  void pixelsAreFromNoughtToOne() {
    float[] image = new float[784];
    image[17] = 1.5f;
    assertRefused(
        wire.post(MODEL + "/score").floats(image).send(),
        400,
        "images[0][17]",
        "images[0][17]: expected a number from 0 to 1, found 1.5");
    image[17] = Float.NaN;
    float[] two = Arrays.copyOf(new float[784], 1568);
    two[784 + 3] = Float.NaN;
    assertRefused(
        wire.post(MODEL + "/encode").floats(two).send(),
        400,
        "images[1][3]",
        "images[1][3]: expected a number from 0 to 1, found NaN");
  }

  @Test
  void bytesMustBeWholeRows() {
    assertRefused(
        wire.post(MODEL + "/encode").body("application/octet-stream", new byte[3135]).send(),
        400,
        "images",
        "images: expected a multiple of 3136 bytes (float32, 784 each), found 3135 bytes");
    assertRefused(
        wire.post(MODEL + "/encode").body("application/octet-stream", new byte[0]).send(),
        400,
        "images",
        "images: expected at least one, found none");
  }

  @Test
  void moreRowsThanAnAnswerMayHoldAre413BeforeTheyAreParsed() {
    assertRefused(
        wire.post(MODEL + "/decode")
            .body("application/octet-stream", new byte[64 * 4 * 5350])
            .send(),
        413,
        "",
        "codes: expected at most 5349 at once, found more");
    String row = "[" + zeros(64) + "],";
    String many = "{\"codes\":[" + row.repeat(5350).replaceAll(",$", "") + "]}";
    assertRefused(
        wire.post(MODEL + "/decode").json(many).send(),
        413,
        "",
        "codes: expected at most 5349 at once, found more");
    assertRefused(
        wire.post(MODEL + "/inspect").floats(new float[1568]).send(),
        413,
        "",
        "images: expected at most 1 at once, found more");
  }

  @Test
  void aLargeBodyIs413WithoutBeingRead() {
    Wire.Reply announced =
        wire.post(MODEL + "/encode")
            .header("Content-Length", "99999999999")
            .header("Content-Type", "application/json")
            .send();
    assertRefused(announced, 413, "", "body: expected at most 16777216 bytes, found more");

    Wire.Reply chunked =
        wire.post(MODEL + "/encode")
            .header("Transfer-Encoding", "chunked")
            .header("Content-Length", null)
            .body("application/json", chunks(17))
            .send();
    assertThat(chunked.status()).isIn(400, 413);
  }

  private static byte[] chunks(int megabytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < megabytes; i++) {
      out.writeBytes("100000\r\n".getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(new byte[1 << 20]);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Test
  void deepJsonIsRefusedBeforeItCostsAnything() {
    Wire.Reply reply = wire.post(MODEL + "/decode").json("[".repeat(100_000)).send();
    assertThat(reply.status()).isEqualTo(400);
    String nested = "{\"codes\":" + "[".repeat(100_000);
    assertThat(wire.post(MODEL + "/decode").json(nested).send().status()).isEqualTo(400);
  }

  @Test
  void aLongNumberIsRefused() {
    Wire.Reply reply =
        wire.post(MODEL + "/decode").json("{\"codes\":[[" + "1".repeat(100_000) + "]]}").send();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.field()).isEqualTo("codes[0][0]");
  }

  @Test
  void mediaTypesAreChecked() {
    assertRefused(
        wire.post(MODEL + "/decode").body("image/png", new byte[8]).send(),
        415,
        "",
        "Content-Type: expected application/json or application/octet-stream, found \"image/png\"");
    assertRefused(
        wire.post(MODEL + "/decode").header("Content-Length", "0").send(),
        415,
        "",
        "Content-Type: expected application/json or application/octet-stream, found \"\"");
    assertRefused(
        wire.post(MODEL + "/encode").floats(new float[784]).accept("image/png").send(),
        406,
        "",
        "Accept: expected application/json or application/octet-stream, found \"image/png\"");
    assertThat(
            wire.get(MODEL + "/sample?n=1")
                .accept("text/html, image/*;q=0.5, application/json;q=0.1")
                .send()
                .headers())
        .containsEntry("content-type", "image/png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n=0|n|n: expected a whole number from 1 to 5349, found \"0\"",
        "n=many|n|n: expected a whole number from 1 to 5349, found \"many\"",
        "n=5350|n|n: expected a whole number from 1 to 5349, found \"5350\"",
        "n=1&n=2|n|n: expected it once, found it 2 times",
        "seed=1e3|seed|seed: expected a whole number from -9223372036854775808 to 9223372036854775807, found \"1e3\"",
        "temperature=NaN|temperature|temperature: expected a number from 0.0 to 10.0, found \"NaN\"",
        "temperature=-1|temperature|temperature: expected a number from 0.0 to 10.0, found \"-1\"",
        "sampler=vamp|sampler|sampler: expected prior or mixture, found \"vamp\"",
        "label=3|label|label: expected a conditional model or sampler=mixture, found the prior, which knows no classes",
        "sampler=mixture&label=11|label|label: expected a class of the mixture, found 11",
        "offset=-1|offset|offset: expected a whole number from 0 to 1000000000, found \"-1\"",
      })
  void badParametersAreNamed(String query, String field, String sentence) {
    assertRefused(wire.get(MODEL + "/sample?" + query).send(), 400, field, sentence);
  }

  @Test
  void aPictureOfTooManyPixelsIsRefused() {
    assertRefused(
        wire.get(MODEL + "/sample?n=2000&scale=8").accept("image/png").send(),
        400,
        "scale",
        "scale: expected a picture of at most 16000000 pixels, found 100352000; ask for fewer images or a smaller scale");
  }

  @Test
  void anUnknownModelIs404AndNoPathIsLookedAt() {
    assertRefused(
        wire.get("/api/v1/models/other").send(),
        404,
        "",
        "id: expected one of default, found \"other\"");
    for (String path :
        new String[] {
          "/api/v1/models/..%2f..%2fetc%2fpasswd",
          "/api/v1/models/%2e%2e",
          "/index.html",
          "/files.txt",
          "/../../etc/passwd",
          "//etc/passwd",
          "/js",
          "/WEB-INF/web.xml",
          "/%00"
        }) {
      Wire.Reply reply = wire.get(path).send();
      assertThat(reply.status()).as(path).isIn(400, 404);
      assertThat(reply.text()).doesNotContain("root:", "Exception", "\tat ");
    }
  }

  @Test
  void aPngIsLookedAtBeforeItsPixelsAreMade() throws IOException {
    assertRefused(
        wire.post(MODEL + "/encode").body("image/png", png(60_000, 60_000)).send(),
        400,
        "body",
        "body: expected at most 4 megapixels, found 60000×60000; make the image smaller");
    assertRefused(
        wire.post(MODEL + "/encode").body("image/png", "GIF89a".getBytes("US-ASCII")).send(),
        400,
        "body",
        "body: expected a PNG image, found another kind of file; convert it first");
    assertThat(wire.post(MODEL + "/encode").body("image/png", png(28, 28)).send().error())
        .startsWith("body: expected a whole PNG");
    assertRefused(
        wire.post(MODEL + "/encode?fit=other").body("image/png", png(28, 28)).send(),
        400,
        "fit",
        "fit: expected whole or mnist, found \"other\"");
  }

  /** A header that promises so many pixels, and none of them. */
  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
    java.nio.ByteBuffer header = java.nio.ByteBuffer.allocate(17);
    header.put("IHDR".getBytes("US-ASCII")).putInt(width).putInt(height);
    header.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    out.write(header.array());
    out.write(java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return out.toByteArray();
  }
}
