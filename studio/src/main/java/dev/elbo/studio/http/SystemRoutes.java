package dev.elbo.studio.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What probes and tools ask for. */
public final class SystemRoutes implements RoutePart {
  private final Supplier<Optional<String>> lack;
  private final List<MetricsSource> sources;
  private final OpenApi document;

  /**
   * @param lack one sentence of what is not ready yet, or empty
   */
  public SystemRoutes(
      Supplier<Optional<String>> lack, List<MetricsSource> sources, OpenApi document) {
    this.lack = lack;
    this.sources = List.copyOf(sources);
    this.document = document;
  }

  @Override
  public List<Route> routes() {
    Payload text = new Payload(MediaType.TEXT, "");
    return List.of(
        Route.get("/healthz", "Whether the server is there", SystemRoutes::health)
            .access(Access.OPEN)
            .gives(text),
        Route.get(
                "/readyz",
                "Whether every model has computed what its file says that it must",
                this::ready)
            .access(Access.OPEN)
            .gives(text),
        Route.get("/metrics", "Figures in the text format of Prometheus", this::metrics)
            .gives(new Payload(MediaType.METRICS, "")),
        Route.get("/api/v1/openapi.json", "This document", request -> Answer.json(document.json()))
            .gives(Payload.json("OpenApi")));
  }

  private static Answer health(Request request) {
    return Answer.text(MediaType.TEXT, "ok");
  }

  private Answer ready(Request request) {
    Optional<String> lacking = lack.get();
    return lacking
        .map(sentence -> Answer.text(MediaType.TEXT, sentence).status(503))
        .orElseGet(() -> Answer.text(MediaType.TEXT, "ready"));
  }

  private Answer metrics(Request request) {
    MetricsText text = new MetricsText();
    sources.forEach(source -> source.writeTo(text));
    return Answer.text(MediaType.METRICS, text.toString());
  }
}
