package dev.elbo.studio.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API's document, OpenAPI 3.1, made from the table of routes and the schemas of bodies. */
public final class OpenApi {
  private static final String SCHEMAS = "/dev/elbo/studio/schemas.json";
  private static final Pattern IN_BRACES = Pattern.compile("\\{([a-z]+)}");

  private final Supplier<List<Route>> routes;
  private final boolean hasToken;

  /**
   * @param routes all of the server's
   * @param hasToken whether clients must have the server's token
   */
  public OpenApi(Supplier<List<Route>> routes, boolean hasToken) {
    this.routes = routes;
    this.hasToken = hasToken;
  }

  public ObjectNode json() {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Elbo")
        .put("version", "1")
        .put("summary", "Variational autoencoders: encode, decode, reconstruct, score, sample");
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes.get()) {
      ObjectNode path =
          paths.has(route.path())
              ? (ObjectNode) paths.get(route.path())
              : paths.putObject(route.path());
      operation(route, path.putObject(route.method().name().toLowerCase(Locale.ROOT)));
    }
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas());
    ObjectNode security = components.putObject("securitySchemes");
    security.putObject("token").put("type", "http").put("scheme", "bearer");
    security
        .putObject("page")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-Elbo-Token");
    return document;
  }

  private void operation(Route route, ObjectNode operation) {
    operation.put("summary", route.summary());
    operation.put("operationId", id(route));
    ArrayNode parameters = operation.putArray("parameters");
    Matcher inPath = IN_BRACES.matcher(route.path());
    while (inPath.find()) {
      parameters
          .addObject()
          .put("name", inPath.group(1))
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    for (Parameter parameter : route.parameters()) {
      parameters
          .addObject()
          .put("name", parameter.name())
          .put("in", "query")
          .put("description", described(parameter))
          .putObject("schema")
          .put("type", parameter.type());
    }
    if (!route.takes().isEmpty()) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      route.takes().forEach(payload -> content(payload, body.withObject("/content")));
    }
    responses(route, operation.putObject("responses"));
    security(route, operation);
  }

  private static String described(Parameter parameter) {
    return parameter.fallback().isEmpty()
        ? parameter.description()
        : parameter.description() + " (" + parameter.fallback() + ")";
  }

  private static String id(Route route) {
    String words = route.path().replaceAll("[^a-zA-Z0-9]+", "_").replaceAll("^_|_$", "");
    return route.method().name().toLowerCase(Locale.ROOT) + (words.isEmpty() ? "" : "_" + words);
  }

  private static void content(Payload payload, ObjectNode content) {
    ObjectNode type = content.putObject(payload.type().mediaType());
    if (!payload.schema().isEmpty()) {
      type.putObject("schema").put("$ref", "#/components/schemas/" + payload.schema());
    }
  }

  private static void responses(Route route, ObjectNode responses) {
    ObjectNode done = responses.putObject("200").put("description", "Done");
    route.gives().forEach(payload -> content(payload, done.withObject("/content")));
    ObjectNode refused =
        responses.putObject("default").put("description", "Refused, with one sentence of why");
    content(Payload.json("Error"), refused.putObject("content"));
  }

  private void security(Route route, ObjectNode operation) {
    ArrayNode any = operation.putArray("security");
    ObjectNode all = any.addObject();
    if (hasToken && route.access() != Access.OPEN) {
      all.putArray("token");
    }
    if (route.access() == Access.PAGE) {
      all.putArray("page");
    }
  }

  private static JsonNode schemas() {
    try (InputStream in = OpenApi.class.getResourceAsStream(SCHEMAS)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + SCHEMAS + " is missing");
      }
      return Json.tree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
