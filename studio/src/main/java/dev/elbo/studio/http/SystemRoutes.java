package dev.elbo.studio.http;

import java.util.List;

/** What probes ask for. */
public final class SystemRoutes implements RoutePart {
  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/healthz", "Whether the server is there", SystemRoutes::health)
            .access(Access.OPEN)
            .gives(new Payload(MediaType.TEXT, "")));
  }

  private static Answer health(Request request) {
    return Answer.text(MediaType.TEXT, "ok");
  }
}
