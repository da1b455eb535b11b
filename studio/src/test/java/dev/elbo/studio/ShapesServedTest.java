package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.latent.Decoder;
import dev.elbo.latent.Sampler;
import dev.elbo.model.LabelConfig;
import dev.elbo.model.LayerSizes;
import dev.elbo.model.LikelihoodKind;
import dev.elbo.model.PriorConfig;
import dev.elbo.model.PriorKind;
import dev.elbo.model.VaeConfig;
import dev.elbo.network.Activation;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.model.ModelSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of every shape that training makes, behind one server. */
@Timeout(180)
class ShapesServedTest {
  private static final int PIXELS = 784;

  /** Sums of a few hundred products of floats, in another order. */
  private static final float OTHER_ORDER = 1e-5f;

  private static final VaeConfig PLAIN =
      new VaeConfig(PIXELS, List.of(20, 12), 6, Activation.TANH, LikelihoodKind.BERNOULLI);

  private static Studio studio;
  private static Wire wire;
  private static List<ModelSource> models;

  @BeforeAll
  static void start() {
    models =
        List.of(
            Studios.untrained("conditional", PLAIN.withLabels(new LabelConfig(true, 10))),
            Studios.untrained(
                "layers",
                PLAIN.withLayers(
                    List.of(new LayerSizes(List.of(20), 6), new LayerSizes(List.of(9), 3)))),
            Studios.untrained("vamp", PLAIN.withPrior(new PriorConfig(PriorKind.VAMP, 5))),
            Studios.untrained(
                "gated",
                new VaeConfig(
                    PIXELS, List.of(20, 12), 6, Activation.GATED, LikelihoodKind.PIXEL_GAUSSIAN)),
            Studios.untrained(
                "continuous",
                new VaeConfig(
                    PIXELS, List.of(9), 2, Activation.RELU, LikelihoodKind.CONTINUOUS_BERNOULLI)),
            Studios.untrained(
                "calibrated",
                new VaeConfig(
                    PIXELS,
                    List.of(9),
                    2,
                    Activation.SOFTPLUS,
                    LikelihoodKind.CALIBRATED_GAUSSIAN)));
    studio = Studios.start(Limits.DEFAULT, Optional.empty(), models.toArray(ModelSource[]::new));
    wire = new Wire(studio.port());
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  private static String path(String id) {
    return "/api/v1/models/" + id;
  }

  private static ModelSource source(String id) {
    return models.stream().filter(model -> model.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void theyAreListedInTheOrderGiven() {
    JsonNode list = wire.get("/api/v1/models").send().json().get("models");
    assertThat(list.findValuesAsText("id"))
        .containsExactly("conditional", "layers", "vamp", "gated", "continuous", "calibrated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers", "vamp", "gated", "continuous", "calibrated"})
  void aPageDecodesAsTheServerDoesAndDrawsComeFromTheModelsOwnPrior(String id) {
    ModelSource source = source(id);
    int latent = source.model().config().vae().latentSize();
    JsonNode description = wire.get(path(id)).send().json();
    float[] weights = wire.get(path(id) + "/weights").send().floats();
    JsonNode samples = wire.get(path(id) + "/sample?n=2&seed=5").send().json();

    float[] expected = Sampler.prior(source.model().vae(), 5, 1).sample(2);
    float[] images = new Decoder(source.model().vae()).decode(expected);
    for (int i = 0; i < 2; i++) {
      float[] code = new float[latent];
      for (int j = 0; j < latent; j++) {
        code[j] = samples.at("/codes/" + i + "/" + j).floatValue();
        assertThat(code[j]).isEqualTo(expected[i * latent + j]);
      }
      float[] own =
          PageDecoder.decode(
              description.get("decoder"), weights, code, description.get("output").asText());
      for (int j = 0; j < PIXELS; j++) {
        assertThat(samples.at("/images/" + i + "/" + j).floatValue())
            .isEqualTo(images[i * PIXELS + j])
            .isCloseTo(own[j], within(OTHER_ORDER));
      }
    }
    assertThat(description.get("samplers").toString()).isEqualTo("[\"prior\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers", "vamp", "gated", "continuous", "calibrated"})
  void itScoresAndInspects(String id) {
    JsonNode whole = wire.get(path(id) + "?wait=30").send().json();
    float[] image = new float[PIXELS];
    image[400] = 1;

    JsonNode score = wire.post(path(id) + "/score").floats(image).send().json().at("/scores/0");
    JsonNode inspection = wire.post(path(id) + "/inspect").floats(image).send().json();

    assertThat(score.get("elbo")).isEqualTo(inspection.get("elbo"));
    assertThat(score.get("kl_per_dimension")).hasSize(whole.get("latent_size").asInt());
    assertThat(inspection.get("nearest")).hasSize(5);
    assertThat(whole.get("dimensions")).hasSize(whole.get("latent_size").asInt());
  }

  @Test
  void onlyAGaussianOfOneSigmaHasOne() {
    assertThat(wire.get(path("calibrated")).send().json().get("sigma").asDouble()).isEqualTo(1);
    assertThat(wire.get(path("gated")).send().json().get("sigma").isNull()).isTrue();
    assertThat(wire.get(path("continuous")).send().json().get("output").asText())
        .isEqualTo("continuous_bernoulli");
  }

  @Test
  void aConditionalModelAsksForTheClassOfEveryRow() {
    String path = path("conditional");
    String code = "[0,0,0,0,0,1]";
    String codes = "{\"codes\":[" + code + "," + code + "]";

    Wire.Reply none = wire.post(path + "/decode").json(codes + "}").send();
    Wire.Reply one = wire.post(path + "/decode").json(codes + ",\"labels\":[3]}").send();
    Wire.Reply wrong = wire.post(path + "/decode").json(codes + ",\"labels\":[3,10]}").send();
    Wire.Reply two = wire.post(path + "/decode").json(codes + ",\"labels\":[3,4]}").send();

    assertThat(none.error()).isEqualTo("labels: expected one for each of 2 codes, found 0");
    assertThat(one.error()).isEqualTo("labels: expected one for each of 2 codes, found 1");
    assertThat(wrong.error()).isEqualTo("labels[1]: expected a class from 0 to 9, found 10");
    assertThat(wrong.field()).isEqualTo("labels[1]");
    JsonNode images = two.json().get("images");
    assertThat(images.get(0)).isNotEqualTo(images.get(1));
    float[] expected =
        new Decoder(source("conditional").model().vae())
            .decode(new float[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1}, i -> 3 + i);
    for (int j = 0; j < 2 * PIXELS; j++) {
      assertThat(images.at("/" + j / PIXELS + "/" + j % PIXELS).floatValue())
          .isEqualTo(expected[j]);
    }

    float[] bytes = {0, 0, 0, 0, 0, 1};
    Wire.Reply missing = wire.post(path + "/decode").floats(bytes).send();
    assertThat(missing.error())
        .isEqualTo("label: expected a whole number from 0 to 9 in the query, found none");
    assertThat(wire.post(path + "/decode?label=4").floats(bytes).send().json().at("/images/0"))
        .isEqualTo(images.get(1));
  }

  @Test
  void aConditionalModelDrawsEveryClassOrTheOneAskedFor() {
    String path = path("conditional") + "/sample?n=30";
    JsonNode all = wire.get(path).send().json();
    JsonNode part = wire.get(path("conditional") + "/sample?n=4&offset=20").send().json();
    JsonNode threes = wire.get(path + "&label=3").send().json();

    assertThat(all.get("labels")).hasSize(30);
    assertThat(part.get("labels").get(1)).isEqualTo(all.get("labels").get(21));
    assertThat(part.get("images").get(1)).isEqualTo(all.get("images").get(21));
    threes.get("labels").forEach(label -> assertThat(label.asInt()).isEqualTo(3));
    assertThat(threes.get("codes")).isEqualTo(all.get("codes"));
    JsonNode layers = wire.get(path("conditional")).send().json().get("decoder");
    assertThat(layers.at("/0/inputs").asInt()).isEqualTo(6 + 10);
    assertThat(wire.get(path + "&label=10").send().error())
        .isEqualTo("label: expected a class from 0 to 9, found 10");
  }
}
