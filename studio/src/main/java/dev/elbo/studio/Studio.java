package dev.elbo.studio;

import dev.elbo.InputException;
import dev.elbo.data.Places;
import dev.elbo.studio.http.Guards;
import dev.elbo.studio.http.HttpServer;
import dev.elbo.studio.http.OpenApi;
import dev.elbo.studio.http.OwnNames;
import dev.elbo.studio.http.PageRoutes;
import dev.elbo.studio.http.RequestMetrics;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import dev.elbo.studio.http.SystemRoutes;
import dev.elbo.studio.map.MapRoutes;
import dev.elbo.studio.model.InferenceRoutes;
import dev.elbo.studio.model.ModelRoutes;
import dev.elbo.studio.model.Models;
import dev.elbo.studio.run.RunRoutes;
import dev.elbo.studio.run.TrainingCompany;
import dev.elbo.studio.run.Trainings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A running server: the API, and with the page the studio. */
public final class Studio implements AutoCloseable {
  private final StudioOptions options;
  private final Models models;
  private final List<RoutePart> parts;
  private final List<Route> routes;
  private final HttpServer server;

  private Studio(
      StudioOptions options,
      Models models,
      List<RoutePart> parts,
      List<Route> routes,
      HttpServer server) {
    this.options = options;
    this.models = models;
    this.parts = parts;
    this.routes = routes;
    this.server = server;
  }

  /**
   * @throws InputException where the port cannot be had, or a model cannot be served
   */
  public static Studio start(StudioOptions options) {
    int threads = Trainings.usualThreads();
    return start(
        options, new Trainings(options.runs(), options.data(), threads, TrainingCompany.NONE));
  }

  /**
   * @param trainings of the folder that the options name; closed with the studio, and also where it
   *     cannot start
   * @throws InputException where the port cannot be had, or a model cannot be served
   */
  public static Studio start(StudioOptions options, Trainings trainings) {
    Guards guards = Guards.of(options.host(), options.token());
    Models models = Models.of(options.models());
    RequestMetrics metrics = new RequestMetrics();
    List<RoutePart> parts = new ArrayList<>();
    List<Route> routes = new ArrayList<>();
    OpenApi document = new OpenApi(() -> routes, options.token().isPresent());
    parts.add(new SystemRoutes(models::lack, List.of(metrics, models), document));
    parts.add(new ModelRoutes(models));
    parts.add(new InferenceRoutes(models));
    parts.add(new MapRoutes(models, Places.ofThisProcess().cache().resolve("maps")));
    parts.add(new RunRoutes(trainings, options.page()));
    if (options.page()) {
      parts.add(new PageRoutes(guards));
    }
    parts.forEach(part -> routes.addAll(part.routes()));
    try {
      HttpServer server =
          HttpServer.start(guards, options.limits(), metrics, options.port(), routes);
      models.prepare(options.data());
      return new Studio(options, models, List.copyOf(parts), List.copyOf(routes), server);
    } catch (RuntimeException e) {
      parts.forEach(RoutePart::close);
      models.close();
      throw e;
    }
  }

  /** The table that everything about routes is made from. */
  List<Route> routes() {
    return routes;
  }

  Models models() {
    return models;
  }

  public int port() {
    return server.port();
  }

  /** Where to open it. */
  public String address() {
    // Of a server on every address, the one that is nearest.
    String name = OwnNames.isEvery(options.host()) ? StudioOptions.LOOPBACK : options.host();
    String host = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    return "http://%s:%d/".formatted(host, port());
  }

  private static String query(String token) {
    return "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  /** Where to open the page, with the token where there is one. */
  public String pageAddress() {
    return address() + options.token().map(Studio::query).orElse("");
  }

  /** Drains: takes no more requests, waits for those under way, lets go of everything. */
  @Override
  public void close() {
    parts.forEach(RoutePart::drain);
    server.close();
    parts.forEach(RoutePart::close);
    models.close();
  }
}
