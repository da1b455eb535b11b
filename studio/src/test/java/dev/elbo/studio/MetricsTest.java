package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MetricsTest {
  private static final String MODEL = "/api/v1/models/default";

  /** Of sums over a few images, in another order. */
  private static final double ORDER = 1e-9;

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

  /** Every line of the format, or a failure. */
  private static Map<String, Double> metrics() {
    Wire.Reply reply = wire.get("/metrics").send();
    assertThat(reply.headers())
        .containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
    Map<String, Double> values = new LinkedHashMap<>();
    String family = "";
    for (String line : reply.text().split("\n")) {
      if (line.startsWith("# HELP ")) {
        family = line.split(" ")[2];
        assertThat(values.keySet().stream()).noneMatch(starts(family));
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line).matches("# TYPE " + family + " (counter|gauge|histogram)");
      } else {
        assertThat(line)
            .matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? ([-0-9.E]+|\\+Inf)")
            .startsWith(family);
        int space = line.lastIndexOf(' ');
        assertThat(values).doesNotContainKey(line.substring(0, space));
        values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    }
    return values;
  }

  private static java.util.function.Predicate<String> starts(String family) {
    return name -> name.equals(family) || name.startsWith(family + "{");
  }

  @Test
  void theLatencyOfARouteIsAHistogramThatCountsItsRequests() {
    wire.get("/api/v1/models").send();
    double before = metrics().get(count("GET /api/v1/models"));
    for (int i = 0; i < 5; i++) {
      wire.get("/api/v1/models").send();
    }
    Map<String, Double> after = metrics();

    assertThat(after.get(count("GET /api/v1/models"))).isEqualTo(before + 5);
    String bucket = "elbo_http_request_seconds_bucket{route=\"GET /api/v1/models\",le=\"";
    double below = 0;
    int buckets = 0;
    for (Map.Entry<String, Double> value : after.entrySet()) {
      if (value.getKey().startsWith(bucket)) {
        assertThat(value.getValue()).isGreaterThanOrEqualTo(below);
        below = value.getValue();
        buckets++;
      }
    }
    assertThat(buckets).isEqualTo(14);
    assertThat(after.get(bucket + "+Inf\"}")).isEqualTo(before + 5);
  }

  private static String count(String route) {
    return "elbo_http_request_seconds_count{route=\"" + route + "\"}";
  }

  @Test
  void refusalsAreCountedByStatus() {
    wire.get("/nothing").send();
    double before = metrics().get("elbo_http_responses_total{status=\"404\"}");
    wire.get("/nothing").send();
    wire.get("/api/v1/models/none").send();
    assertThat(metrics().get("elbo_http_responses_total{status=\"404\"}")).isEqualTo(before + 2);
  }

  @Test
  void liveQualityIsTheMeanOverTheImagesThatWereScored() {
    float[] images = new float[3 * 784];
    images[300] = 1;
    images[784 + 400] = 0.5f;
    JsonNode scores = wire.post(MODEL + "/score").floats(images).send().json().get("scores");
    double elbo = 0;
    double kl = 0;
    for (JsonNode score : scores) {
      elbo += score.get("elbo").asDouble() / 3;
      kl += score.at("/kl_per_dimension/15").asDouble() / 3;
    }

    Map<String, Double> after = metrics();

    assertThat(after.get("elbo_live_images_total{model=\"default\"}")).isEqualTo(3);
    assertThat(after.get("elbo_live_elbo_nats{model=\"default\"}"))
        .isCloseTo(elbo, within(ORDER * 100));
    assertThat(after.get("elbo_live_kl_nats{model=\"default\",dimension=\"15\"}"))
        .isCloseTo(kl, within(ORDER));
    assertThat(after.get("elbo_batch_rows_count{model=\"default\"}")).isPositive();
    assertThat(after.get("elbo_model_seconds_total{model=\"default\"}")).isBetween(0.0, 120.0);
    assertThat(after.get("elbo_queue_requests{model=\"default\"}")).isZero();
    assertThat(after.get("elbo_queue_refusals_total{model=\"default\"}")).isZero();
  }
}
