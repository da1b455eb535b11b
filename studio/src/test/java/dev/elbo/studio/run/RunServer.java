package dev.elbo.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.HttpServer;
import dev.elbo.studio.http.Json;
import dev.elbo.studio.http.Limits;
import dev.elbo.studio.http.RequestMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The routes of trainings behind a port, and a client that the page could be. */
final class RunServer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String TOKEN = "token of the page";

  final Trainings trainings;
  private final RunRoutes routes;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  RunServer(Path runs, int threads) {
    trainings = new Trainings(runs, Optional.empty(), threads, TrainingCompany.NONE);
    routes = new RunRoutes(trainings, true);
    server =
        HttpServer.start(
            new Guards("127.0.0.1", Optional.empty(), TOKEN),
            Limits.DEFAULT,
            new RequestMetrics(),
            0,
            routes.routes());
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** An answer that must be good. */
  JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return parse(response);
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("X-Elbo-Token", TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode parse(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  static void assertRefused(
      HttpResponse<String> response, int status, String field, String sentence) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = parse(response);
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.get("error").asText()).contains(sentence);
  }

  /** Starts a training and gives its id. */
  String start(String body) {
    HttpResponse<String> response = post("/runs", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return parse(response).get("id").asText();
  }

  EventClient events(String id, long after) {
    return new EventClient(client, uri("/runs/" + id + "/events"), after);
  }

  @Override
  public void close() {
    routes.drain();
    server.close();
    routes.close();
  }
}
