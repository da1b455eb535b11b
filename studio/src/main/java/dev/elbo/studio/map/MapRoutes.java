package dev.elbo.studio.map;

import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import dev.elbo.studio.model.Models;
import java.util.List;

/** The map of each model's codes. */
public final class MapRoutes implements RoutePart {
  private final Models models;

  public MapRoutes(Models models) {
    this.models = models;
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }
}
