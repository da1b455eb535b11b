package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.Pretrained;
import dev.elbo.data.Images;
import dev.elbo.data.PenDigits;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Encoder;
import dev.elbo.latent.MixtureSampler;
import dev.elbo.latent.Prior;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API of the model inside the program, against the library called directly. */
@Timeout(180)
class ModelApiTest {
  private static final String MODEL = "/api/v1/models/default";
  private static final int PIXELS = 784;
  private static final int LATENT = 64;

  /** Sums of a few hundred products of floats, in another order. */
  private static final float OTHER_ORDER = 1e-5f;

  /** Nats of some hundred, as floats. */
  private static final double NATS_ROUNDING = 1e-4;

  private static Studio studio;
  private static Wire wire;
  private static ModelFile model;
  private static Images digits;

  @BeforeAll
  static void start() {
    studio = Studios.start();
    wire = new Wire(studio.port());
    model = ModelFile.of(Pretrained.read(), Pretrained.NAME);
    digits = PenDigits.images(5, PenDigits.Part.TEST, 0, 300);
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  private static float[] pixels(int from, int count) {
    float[] pixels = new float[count * PIXELS];
    for (int j = 0; j < pixels.length; j++) {
      pixels[j] = (digits.pixels()[from * PIXELS + j] & 0xff) / 255f;
    }
    return pixels;
  }

  private static Codes encoded(float[] pixels) {
    return new Encoder(model.vae())
        .encode(
            (row, to, at) -> System.arraycopy(pixels, row * PIXELS, to, at, PIXELS),
            pixels.length / PIXELS);
  }

  private static String json(String field, float[] values, int columns) {
    StringBuilder text = new StringBuilder("{\"").append(field).append("\":[");
    for (int j = 0; j < values.length; j++) {
      text.append(j % columns == 0 ? (j == 0 ? "[" : "],[") : ",").append(values[j]);
    }
    return text.append("]]}").toString();
  }

  private static float[] floats(JsonNode rows) {
    int columns = rows.get(0).size();
    float[] values = new float[rows.size() * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i / columns).get(i % columns).floatValue();
    }
    return values;
  }

  @Test
  void theListNamesTheModel() {
    JsonNode models = wire.get("/api/v1/models").send().json().get("models");

    assertThat(models).hasSize(1);
    assertThat(models.get(0).toString())
        .isEqualTo(
            "{\"id\":\"default\",\"name\":\"the pretrained MNIST model inside the program\","
                + "\"dataset\":\"mnist\",\"height\":28,\"width\":28,\"latent_size\":64,"
                + "\"likelihood\":\"bernoulli\",\"beta\":0.784,\"conditional\":false,"
                + "\"binarization\":\"grey\"}");
  }

  @Test
  void aModelTellsItsDimensionsOverTheTestImages() {
    JsonNode whole = wire.get(MODEL + "?wait=30").send().json();

    assertThat(whole.get("dimensions")).hasSize(LATENT);
    double kl = 0;
    int active = 0;
    for (JsonNode dimension : whole.get("dimensions")) {
      kl += dimension.get("kl").asDouble();
      active += dimension.get("active").asBoolean() ? 1 : 0;
    }
    boolean standsIn = whole.at("/images/stands_in").asBoolean();
    assertThat(whole.at("/images/dataset").asText()).isEqualTo(standsIn ? "pen" : "mnist");
    assertThat(whole.at("/images/test_count").asInt()).isEqualTo(10_000);
    assertThat(whole.at("/images/count").asInt()).isEqualTo(standsIn ? 20_000 : 70_000);
    if (!standsIn) {
      assertThat(kl).isCloseTo(whole.at("/test/kl").asDouble(), within(NATS_ROUNDING));
      assertThat(active).isEqualTo(27);
    }
    assertThat(kl).isBetween(20.0, 60.0);
    assertThat(whole.get("samplers").toString()).isEqualTo("[\"prior\",\"mixture\"]");
    assertThat(whole.get("classes")).hasSize(10);
    assertThat(whole.at("/test/elbo").asDouble()).isCloseTo(-108.38, within(0.01));
    assertThat(whole.get("sigma").isNull()).isTrue();
  }

  @Test
  void encodingGivesTheLibrarysPosteriorsInBothFormats() {
    float[] images = pixels(0, 3);
    Codes expected = encoded(images);

    JsonNode json = wire.post(MODEL + "/encode").json(json("images", images, PIXELS)).send().json();
    float[] bytes =
        wire.post(MODEL + "/encode")
            .floats(images)
            .accept("application/octet-stream")
            .send()
            .floats();

    assertThat(floats(json.get("mean"))).isEqualTo(expected.mu());
    assertThat(floats(json.get("log_variance"))).isEqualTo(expected.logVar());
    assertThat(bytes).hasSize(2 * 3 * LATENT);
    assertThat(Arrays.copyOfRange(bytes, 2 * LATENT, 3 * LATENT)).isEqualTo(expected.mean(1));
    assertThat(Arrays.copyOfRange(bytes, 3 * LATENT, 4 * LATENT))
        .isEqualTo(Arrays.copyOfRange(expected.logVar(), LATENT, 2 * LATENT));
  }

  @Test
  void decodingGivesTheLibrarysImagesInEveryFormat() throws IOException {
    float[] codes = new Prior(LATENT, 3).sample(5);
    float[] expected = new Decoder(model.vae()).decode(codes);

    Wire.Reply json = wire.post(MODEL + "/decode").json(json("codes", codes, LATENT)).send();
    Wire.Reply bytes =
        wire.post(MODEL + "/decode").floats(codes).accept("application/octet-stream").send();
    Wire.Reply png =
        wire.post(MODEL + "/decode?columns=5&scale=1").floats(codes).accept("image/png").send();

    assertThat(floats(json.json().get("images"))).isEqualTo(expected);
    assertThat(bytes.floats()).isEqualTo(expected);
    assertThat(bytes.headers()).containsEntry("content-type", "application/octet-stream");
    var grid = ImageIO.read(new ByteArrayInputStream(png.body()));
    assertThat(grid.getWidth()).isEqualTo(5 * 30 + 2);
    assertThat(grid.getHeight()).isEqualTo(32);
    assertThat(grid.getRaster().getSample(2 + 14, 2 + 14, 0))
        .isEqualTo((int) (expected[14 * 28 + 14] * 255f + 0.5f));
  }

  @Test
  void aPngIsReadAsTheImageThatItShows() throws IOException {
    Wire.Reply one =
        wire.get(MODEL + "/digits?from=7&count=1").accept("application/octet-stream").send();
    var picture = new java.awt.image.BufferedImage(28, 28, 10);
    for (int j = 0; j < PIXELS; j++) {
      picture.getRaster().setSample(j % 28, j / 28, 0, one.body()[j] & 0xff);
    }
    byte[] png = dev.elbo.picture.Png.bytes(picture);
    float[] pixels = new float[PIXELS];
    for (int j = 0; j < PIXELS; j++) {
      pixels[j] = (one.body()[j] & 0xff) / 255f;
    }

    Wire.Reply byPng = wire.post(MODEL + "/inspect").body("image/png", png).send();
    Wire.Reply byFloats = wire.post(MODEL + "/inspect").floats(pixels).send();

    assertThat(byPng.json()).isEqualTo(byFloats.json());
    assertThat(Base64.getDecoder().decode(byPng.json().get("image").asText()))
        .isEqualTo(one.body());
  }

  @Test
  void reconstructingIsEncodingAndDecodingTheMean() {
    float[] images = pixels(10, 4);

    float[] reconstructed =
        wire.post(MODEL + "/reconstruct")
            .floats(images)
            .accept("application/octet-stream")
            .send()
            .floats();

    assertThat(reconstructed).isEqualTo(new Decoder(model.vae()).decode(encoded(images).mu()));
  }

  @Test
  void aScoreIsMinusItsTwoTermsAndDoesNotDependOnItsCompany() {
    wire.get(MODEL + "?wait=30").send();
    JsonNode many = wire.post(MODEL + "/score").floats(pixels(0, 200)).send().json().get("scores");
    JsonNode one = wire.post(MODEL + "/score").floats(pixels(150, 1)).send().json().get("scores");

    assertThat(one.get(0)).isEqualTo(many.get(150));
    for (JsonNode score : many) {
      double sum = score.get("reconstruction").asDouble() + score.get("kl").asDouble();
      assertThat(score.get("elbo").asDouble()).isEqualTo(-sum);
      double kl = 0;
      for (JsonNode term : score.get("kl_per_dimension")) {
        kl += term.asDouble();
      }
      assertThat(kl).isCloseTo(score.get("kl").asDouble(), within(NATS_ROUNDING));
      assertThat(score.get("percentile").asDouble()).isBetween(0.0, 100.0);
    }
  }

  @Test
  void noiseIsMoreUnusualThanAnyDigitAndABlankIsMoreUsualThanMost() {
    wire.get(MODEL + "?wait=30").send();
    float[] noise = new float[PIXELS];
    for (int j = 0; j < PIXELS; j++) {
      noise[j] = j * 37 % 101 / 100f;
    }

    JsonNode noisy = wire.post(MODEL + "/score").floats(noise).send().json().at("/scores/0");
    JsonNode blank = wire.post(MODEL + "/score").floats(new float[PIXELS]).send().json();

    assertThat(noisy.get("percentile").asDouble()).isEqualTo(100);
    assertThat(blank.at("/scores/0/percentile").asDouble()).isLessThan(10);
  }

  @Test
  void aTestImageIsItsOwnNearest() {
    JsonNode digit = wire.get(MODEL + "/digits?from=4321&count=1").send().json().at("/digits/0");
    byte[] levels = Base64.getDecoder().decode(digit.get("image").asText());
    float[] pixels = new float[PIXELS];
    for (int j = 0; j < PIXELS; j++) {
      pixels[j] = (levels[j] & 0xff) / 255f;
    }

    JsonNode inspection = wire.post(MODEL + "/inspect").floats(pixels).send().json();

    assertThat(digit.get("index").asInt()).isEqualTo(4321);
    assertThat(inspection.at("/nearest/0/index").asInt()).isEqualTo(4321);
    assertThat(inspection.at("/nearest/0/distance").asDouble()).isZero();
    assertThat(inspection.at("/nearest/0/label")).isEqualTo(digit.get("label"));
    assertThat(inspection.at("/nearest/0/image")).isEqualTo(digit.get("image"));
    double before = 0;
    for (JsonNode neighbour : inspection.get("nearest")) {
      assertThat(neighbour.get("distance").asDouble()).isGreaterThanOrEqualTo(before);
      before = neighbour.get("distance").asDouble();
    }
    assertThat(inspection.get("nearest")).hasSize(5);
    assertThat(inspection.get("draws")).hasSize(8);
    assertThat(inspection.at("/draws/0")).isNotEqualTo(inspection.at("/draws/1"));
    assertThat(inspection.get("elbo").asDouble())
        .isEqualTo(
            -(inspection.get("reconstruction_nats").asDouble() + inspection.get("kl").asDouble()));
  }

  @Test
  void theSameRequestForSamplesGivesTheSameBytes() {
    String path = MODEL + "/sample?seed=9&n=6&temperature=0.7";
    for (String type : new String[] {"application/json", "application/octet-stream", "image/png"}) {
      byte[] once = wire.get(path).accept(type).send().body();
      assertThat(wire.get(path).accept(type).send().body()).as(type).isEqualTo(once);
      assertThat(wire.get(path + "&offset=1").accept(type).send().body()).isNotEqualTo(once);
    }
    JsonNode samples = wire.get(path).send().json();
    assertThat(floats(samples.get("codes"))).isEqualTo(new Prior(LATENT, 9, 0.7).sample(6));
  }

  @Test
  void aDrawOfASeedIsTheSameWhereverTheStretchBegins() {
    for (String sampler : new String[] {"prior", "mixture"}) {
      String path = MODEL + "/sample?seed=4&sampler=" + sampler;
      float[] all = wire.get(path + "&n=40").accept("application/octet-stream").send().floats();
      float[] part =
          wire.get(path + "&n=3&offset=30").accept("application/octet-stream").send().floats();
      assertThat(part).isEqualTo(Arrays.copyOfRange(all, 30 * PIXELS, 33 * PIXELS));
    }
  }

  @Test
  void theMixtureDrawsOneClassWhereAsked() {
    JsonNode sevens = wire.get(MODEL + "/sample?sampler=mixture&label=7&n=5").send().json();

    float[] expected =
        new MixtureSampler(Pretrained.mixture().mixture(), 0, 1, OptionalInt.of(7)).sample(5);
    assertThat(floats(sevens.get("codes"))).isEqualTo(expected);
  }

  /** As a page would do it. */
  @Test
  void theWeightsDecodeAsTheServerDoes() {
    JsonNode layers = wire.get(MODEL).send().json().get("decoder");
    float[] weights = wire.get(MODEL + "/weights").send().floats();
    float[] code = new Prior(LATENT, 8).sample(1);
    float[] expected =
        wire.post(MODEL + "/decode")
            .floats(code)
            .accept("application/octet-stream")
            .send()
            .floats();

    assertThat(PageDecoder.decode(layers, weights, code, "sigmoid"))
        .containsExactly(expected, within(OTHER_ORDER));
  }

  @Test
  void theCodesAreThoseOfTheDigits() {
    float[] codes = wire.get(MODEL + "/codes").send().floats();
    byte[] bytes =
        wire.get(MODEL + "/digits?from=10500&count=2")
            .accept("application/octet-stream")
            .send()
            .body();
    float[] pixels = new float[2 * PIXELS];
    for (int j = 0; j < pixels.length; j++) {
      pixels[j] = (bytes[j] & 0xff) / 255f;
    }

    assertThat(Arrays.copyOfRange(codes, 10_500 * LATENT, 10_502 * LATENT))
        .isEqualTo(encoded(pixels).mu());
    assertThat(codes.length % LATENT).isZero();
  }

  @Test
  void theLengthOfALargeAnswerIsToldBeforeIt() {
    Wire.Reply reply = wire.get(MODEL + "/sample?n=1000").accept("application/octet-stream").send();

    assertThat(reply.body()).hasSize(1000 * PIXELS * Float.BYTES);
    assertThat(reply.headers())
        .containsEntry("content-length", String.valueOf(reply.body().length))
        .doesNotContainKey("transfer-encoding");
  }

  @Test
  void headGivesTheHeadersAlone() {
    Wire.Reply reply = wire.ask("HEAD", "/api/v1/models").send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }
}
