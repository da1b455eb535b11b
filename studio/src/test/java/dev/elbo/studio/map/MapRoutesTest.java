package dev.elbo.studio.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbo.data.Images;
import dev.elbo.latent.Codes;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.HttpServer;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.http.RequestMetrics;
import dev.elbo.studio.model.MapImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MapRoutesTest {
  private static final int COUNT = 140;
  private static final int POINTS = 120;
  private static final double FLOAT_ROUNDING = 1e-5;
  private static final MapImages IMAGES = SmallMap.images(COUNT);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path cache;
  private static MapRoutes routes;
  private static Guards guards;
  private static HttpServer server;

  @BeforeAll
  static void start() {
    routes =
        new MapRoutes(
            request -> request.path("id"),
            new TreeMap<>(
                Map.of(
                    "default", map("default", IMAGES),
                    "flat", map("flat", flat()),
                    "few", map("few", SmallMap.images(3)),
                    "unlabelled", map("unlabelled", unlabelled()),
                    "bare", bare())));
    guards = Guards.of("127.0.0.1", Optional.empty());
    server = HttpServer.start(guards, Limits.DEFAULT, new RequestMetrics(), 0, routes.routes());
  }

  @AfterAll
  static void stop() {
    server.close();
    routes.close();
  }

  private static ModelMap map(String name, MapImages images) {
    return new ModelMap(
        CompletableFuture.completedFuture(images),
        () -> MapStore.of(SmallMap.MODEL, cache.resolve(name), line -> {}),
        POINTS);
  }

  /** As of a model of whose size there are no images. */
  private static ModelMap bare() {
    CompletableFuture<MapImages> none = new CompletableFuture<>();
    ModelMap map = new ModelMap(none, () -> MapStore.of(SmallMap.MODEL, cache, line -> {}), POINTS);
    none.cancel(false);
    return map;
  }

  /** As of a model with two latent dimensions. */
  private static MapImages flat() {
    float[] mu = {0.5f, -1, 2, 3, -4, 0.25f};
    Codes codes = new Codes(3, 2, mu, new float[6]);
    return new MapImages("pen", true, SmallMap.images(3).images(), 3, codes);
  }

  private static MapImages unlabelled() {
    MapImages labelled = SmallMap.images(2);
    Images images = labelled.images();
    return new MapImages(
        "pen",
        true,
        new Images(2, images.height(), images.width(), images.pixels(), Optional.empty()),
        2,
        labelled.codes());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/models/" + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<byte[]> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static ByteBuffer bytes(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request(path).build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    return ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static JsonNode described(String id) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request(id + "/map").build());
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response);
  }

  @Test
  void pointsOfTheMapAreTheCodesOnItsAxes() throws IOException, InterruptedException {
    JsonNode map = described("default");
    assertThat(map.get("count").asInt()).isEqualTo(COUNT);
    JsonNode axes = map.get("pca").get("axes");
    JsonNode centre = map.get("pca").get("centre");
    int latent = IMAGES.codes().latentSize();
    assertThat(centre).hasSize(latent);
    ByteBuffer bytes = bytes("default/map/pca");
    assertThat(bytes.remaining()).isEqualTo(9 * COUNT);
    for (int i = 0; i < COUNT; i++) {
      for (int k = 0; k < 2; k++) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
          double fromCentre = IMAGES.codes().mu()[i * latent + j] - centre.get(j).asDouble();
          sum += fromCentre * axes.get(k).get(j).asDouble();
        }
        assertThat((double) bytes.getFloat()).isCloseTo(sum, within(FLOAT_ROUNDING));
      }
      assertThat(bytes.get() & 0xff).isEqualTo(IMAGES.images().label(i));
    }
  }

  @Test
  void ofTwoLatentDimensionsTheMapIsTheLatentSpace() throws IOException, InterruptedException {
    JsonNode pca = described("flat").get("pca");
    assertThat(pca.get("axes").toString()).isEqualTo("[[1.0,0.0],[0.0,1.0]]");
    assertThat(pca.get("centre").toString()).isEqualTo("[0.0,0.0]");
    assertThat(pca.get("trustworthiness").isNull()).isTrue();
    ByteBuffer bytes = bytes("flat/map/pca");
    assertThat(bytes.getFloat()).isEqualTo(0.5f);
    assertThat(bytes.getFloat()).isEqualTo(-1);
  }

  @Test
  void imagesWithoutClassesHaveTheLabel255() throws IOException, InterruptedException {
    assertThat(bytes("unlabelled/map/pca").get(8) & 0xff).isEqualTo(255);
  }

  @Test
  void aTsneIsMadeOnceItIsAskedFor() throws IOException, InterruptedException {
    JsonNode before = described("default").get("tsne");
    assertThat(before.get("state").asText()).isEqualTo("absent");
    assertThat(before.get("count").asInt()).isEqualTo(POINTS);
    HttpResponse<byte[]> none = send(request("default/map/tsne").build());
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(json(none).get("error").asText())
        .isEqualTo(
            "tsne: expected a finished t-SNE, found none yet; a POST to this path starts it");
    HttpRequest.Builder post =
        request("default/map/tsne").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(send(post.copy().build()).statusCode()).isEqualTo(403);
    HttpResponse<byte[]> started =
        send(post.copy().header("X-Elbo-Token", guards.pageToken()).build());
    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(json(started).get("state").asText()).isIn("running", "ready");
    JsonNode tsne = described("default").get("tsne");
    while (!tsne.get("state").asText().equals("ready")) {
      assertThat(tsne.get("progress").asDouble()).isBetween(0.0, 1.0);
      Thread.sleep(20);
      tsne = described("default").get("tsne");
    }
    assertThat(tsne.get("trustworthiness").asDouble()).isBetween(0.7, 1.0);
    ByteBuffer bytes = bytes("default/map/tsne");
    assertThat(bytes.remaining()).isEqualTo(9 * POINTS);
    for (int i = 0; i < POINTS; i++) {
      assertThat(bytes.getFloat()).isFinite();
      assertThat(bytes.getFloat()).isFinite();
      assertThat(bytes.get() & 0xff).isEqualTo(IMAGES.images().label(i));
    }
  }

  @Test
  void aTsneOfThreeImagesIsRefused() throws IOException, InterruptedException {
    HttpResponse<byte[]> refused =
        send(
            request("few/map/tsne")
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("X-Elbo-Token", guards.pageToken())
                .build());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("error").asText())
        .isEqualTo("tsne: expected at least 4 images on the map, found 3");
  }

  @Test
  void aModelWithoutImagesHasNoMap() throws IOException, InterruptedException {
    HttpResponse<byte[]> none = send(request("bare/map").build());
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(json(none).get("error").asText())
        .isEqualTo(
            "map: expected images of the model's size on this machine, found none; start with --data");
  }

  @Test
  void aModelThatIsNotThereHasNoMap() throws IOException, InterruptedException {
    assertThat(send(request("other/map").build()).statusCode()).isEqualTo(404);
  }
}
