package dev.elbo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.elbo.checkpoint.ModelFile;
import dev.elbo.checkpoint.SafeTensors;
import dev.elbo.data.Batches;
import dev.elbo.data.Idx;
import dev.elbo.data.Images;
import dev.elbo.latent.Codes;
import dev.elbo.latent.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExportCommandTest {
  private static final Pattern CONTENT =
      Pattern.compile(
          "<script type=\"application/json\" id=\"content\">(.*?)</script>", Pattern.DOTALL);

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = TinyImages.write(shared.resolve("tiny"));
    train("plain", "--hidden", 16, "--latent", 3);
    train("plane", "--hidden", 16, "--latent", 2, "--activation", "gated");
    train("conditional", "--conditional", "--hidden", 16, "--latent", 4);
  }

  private static void train(String name, Object... flags) {
    List<Object> all = new ArrayList<>(List.of("train", "--data", data, "--epochs", 1));
    all.addAll(List.of("--batch-size", 32, "--threads", 1, "--out", shared.resolve(name)));
    all.addAll(Arrays.asList(flags));
    Outcome trained = Outcome.of(all.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  private JsonNode exported(String run, Object... flags) throws IOException {
    Path file = folder.resolve(run + ".html");
    List<Object> all = new ArrayList<>(List.of("export", shared.resolve(run), "--html", file));
    all.addAll(Arrays.asList(flags));
    Outcome outcome = Outcome.of(all.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Matcher matcher = CONTENT.matcher(Files.readString(file));
    assertThat(matcher.find()).isTrue();
    return new JsonMapper().readTree(matcher.group(1));
  }

  private static ByteBuffer bytes(JsonNode content, String name) {
    byte[] bytes = Base64.getDecoder().decode(content.get("bytes").get(name).asText());
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(JsonNode content, String name) {
    ByteBuffer bytes = bytes(content, name);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  private static Images test() {
    return Idx.images(
        data.resolve(TinyImages.TEST_IMAGES),
        Optional.of(data.resolve(TinyImages.TEST_LABELS)),
        "");
  }

  @Test
  void theFileHoldsTheFirstImagesTheirPosteriorsAndTheirPlaces() throws IOException {
    int count = 50;
    JsonNode content = exported("plain", "--images", count);
    Images test = test();
    ModelFile model =
        ModelFile.of(SafeTensors.read(shared.resolve("plain/model.safetensors")), "model");
    Codes codes = new Encoder(model.vae()).encode(new Batches(test), count);
    assertThat(floats(content, "codes")).containsExactly(codes.mu());
    assertThat(floats(content, "log_variances")).containsExactly(codes.logVar());
    assertThat(bytes(content, "digits").array())
        .containsExactly(Arrays.copyOf(test.pixels(), count * test.size()));
    assertThat(content.get("model").get("images").get("count").asInt()).isEqualTo(count);
    assertThat(content.get("model").get("samplers").toString()).isEqualTo("[\"prior\"]");
    assertThat(content.get("map").get("count").asInt()).isEqualTo(count);
    assertThat(content.get("map").get("pca").get("trustworthiness").asDouble()).isBetween(0.5, 1.0);
    assertThat(content.get("map").get("tsne").get("state").asText()).isEqualTo("absent");
    assertThat(bytes(content, "tsne").remaining()).isZero();
    ByteBuffer points = bytes(content, "pca");
    assertThat(points.remaining()).isEqualTo(9 * count);
    for (int i = 0; i < count; i++) {
      assertThat(points.get(9 * i + 8) & 0xff).isEqualTo(test.label(i));
    }
  }

  @Test
  void theDecoderIsAllThere() throws IOException {
    // 3·16 + 16 and 16·64 + 64.
    assertThat(floats(exported("plain"), "weights")).hasSize(64 + 1088);
    // A gate doubles the hidden layer.
    assertThat(floats(exported("plane"), "weights")).hasSize(2 * 48 + 1088);
  }

  @Test
  void ofTwoLatentDimensionsTheMapIsTheLatentSpace() throws IOException {
    JsonNode content = exported("plane", "--images", 40);
    float[] codes = floats(content, "codes");
    ByteBuffer points = bytes(content, "pca");
    for (int i = 0; i < 40; i++) {
      assertThat(points.getFloat(9 * i)).isEqualTo(codes[2 * i]);
      assertThat(points.getFloat(9 * i + 4)).isEqualTo(codes[2 * i + 1]);
    }
  }

  @Test
  void aConditionalModelKeepsItsClasses() throws IOException {
    JsonNode model = exported("conditional").get("model");
    assertThat(model.get("conditional").asBoolean()).isTrue();
    assertThat(model.get("classes")).hasSize(4);
    assertThat(model.get("decoder").get(0).get("inputs").asInt()).isEqualTo(4 + 4);
  }

  @Test
  void saysWhatItWrote() throws IOException {
    Path file = folder.resolve("out.html");
    Outcome outcome = Outcome.of("export", shared.resolve("plain"), "--html", file);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .matches(
            "wrote \\Q"
                + file
                + "\\E: 360 images, PCA \\(elbo studio makes a t-SNE\\), 0\\.\\d MB\\R");
    JsonNode json =
        Outcome.of("export", shared.resolve("plain"), "--html", file, "--json", "--quiet").json();
    assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(json.get("images").asInt()).isEqualTo(360);
    assertThat(json.get("tsne").asBoolean()).isFalse();
  }

  @Test
  void theSameModelGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one.html");
    Path three = folder.resolve("three.html");
    Outcome.of("export", shared.resolve("plain"), "--html", one, "--threads", 1);
    Outcome.of("export", shared.resolve("plain"), "--html", three, "--threads", 3);
    assertThat(one).hasSameBinaryContentAs(three);
  }

  @Test
  void badInputIsOneSentence() {
    assertRefused(
        "--images: expected a whole number from 1 to 20000, found 0; change it", "--images", 0);
    assertRefused(
        "--html: expected a file, found the folder "
            + folder
            + "; give a name such as explorer.html",
        "--html",
        folder);
  }

  private static void assertRefused(String sentence, Object... flags) {
    List<Object> all = new ArrayList<>(List.of("export", shared.resolve("plain")));
    all.addAll(Arrays.asList(flags));
    Outcome outcome = Outcome.of(all.toArray());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).containsExactly("elbo: " + sentence);
  }

  @Test
  void aModelWhoseImagesAreNowhereIsRefused() throws IOException {
    Path alone = folder.resolve("alone.safetensors");
    Files.copy(shared.resolve("plain/model.safetensors"), alone);
    Outcome outcome = Outcome.of("export", alone, "--html", folder.resolve("no.html"), "--quiet");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines())
        .containsExactly(
            "elbo: "
                + alone
                + ": expected images of 8×8 pixels on this machine, found none; give their folder with --data");
    assertThat(folder.resolve("no.html")).doesNotExist();
  }
}
