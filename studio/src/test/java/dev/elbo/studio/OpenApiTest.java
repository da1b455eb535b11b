package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.elbo.studio.http.Access;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.model.ModelSource;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API's document: valid, complete, and true of what is answered. */
@Timeout(120)
class OpenApiTest {
  private static final String MODEL = "/api/v1/models/default";

  private static Studio studio;
  private static Wire wire;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    studio = Studios.start();
    wire = new Wire(studio.port());
    document = wire.get("/api/v1/openapi.json").send().json();
    wire.get(MODEL + "?wait=30").send();
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  @Test
  void itIsAValidDocumentOfVersionThreeOne() {
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(document.toString(), null, null);

    assertThat(result.getMessages()).isEmpty();
    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(document.get("paths"));
  }

  @Test
  void theValidatorSeesFaults() {
    ObjectNode broken = document.deepCopy();
    ((ObjectNode) broken.at("/paths/~1api~1v1~1models~1{id}/get/parameters/0")).remove("in");
    ((ObjectNode) broken.get("info")).remove("title");

    assertThat(new OpenAPIV3Parser().readContents(broken.toString(), null, null).getMessages())
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void itHasEveryRouteAndNoOther() {
    TreeSet<String> routes = new TreeSet<>();
    for (Route route : studio.routes()) {
      routes.add(route.method().name().toLowerCase(Locale.ROOT) + " " + route.path());
    }
    TreeSet<String> described = new TreeSet<>();
    List<String> ids = new ArrayList<>();
    document
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          described.add(operation.getKey() + " " + path.getKey());
                          ids.add(operation.getValue().get("operationId").asText());
                        }));

    assertThat(described).isEqualTo(routes);
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void everyReferenceLeadsToASchemaAndEverySchemaIsUsed() {
    List<String> references = document.findValuesAsText("$ref");
    TreeSet<String> known = new TreeSet<>();
    document.at("/components/schemas").fieldNames().forEachRemaining(known::add);

    TreeSet<String> used = new TreeSet<>();
    references.forEach(text -> used.add(text.replace("#/components/schemas/", "")));
    assertThat(used).isEqualTo(known);
  }

  @Test
  void aServerWithATokenSaysSo() {
    assertThat(document.at("/paths/~1api~1v1~1models/get/security/0")).isEmpty();
    try (Studio locked =
        Studios.start(Limits.DEFAULT, Optional.of(Studios.TOKEN), ModelSource.pretrained())) {
      JsonNode other =
          new Wire(locked.port())
              .get("/api/v1/openapi.json")
              .header("Authorization", "Bearer " + Studios.TOKEN)
              .send()
              .json();
      for (Route route : locked.routes()) {
        JsonNode security =
            other
                .get("paths")
                .get(route.path())
                .get(route.method().name().toLowerCase(Locale.ROOT))
                .at("/security/0");
        assertThat(security.has("token")).isEqualTo(route.access() != Access.OPEN);
        assertThat(security.has("page")).isEqualTo(route.access() == Access.PAGE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models,Models",
    MODEL + ",Model",
    MODEL + "/sample?n=2,Samples",
    MODEL + "/digits?count=2,Digits",
    "/api/v1/nothing,Error",
    MODEL + "/sample?n=0,Error",
  })
  void whatIsAnsweredIsAsDescribed(String path, String schema) {
    conforms(wire.get(path).send().json(), schema);
  }

  @ParameterizedTest
  @CsvSource({"encode,Posteriors", "reconstruct,Images", "score,Scores", "inspect,Inspection"})
  void whatModelsAnswerIsAsDescribed(String task, String schema) {
    conforms(wire.post(MODEL + "/" + task).floats(new float[784]).send().json(), schema);
  }

  private static void conforms(JsonNode answer, String schema) {
    ObjectNode of =
        JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + schema);
    of.set("components", document.get("components"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(of)
                .validate(answer))
        .isEmpty();
  }
}
