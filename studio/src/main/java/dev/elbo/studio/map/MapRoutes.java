package dev.elbo.studio.map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.studio.http.Access;
import dev.elbo.studio.http.Answer;
import dev.elbo.studio.http.MediaType;
import dev.elbo.studio.http.Payload;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import dev.elbo.studio.http.Route;
import dev.elbo.studio.http.RoutePart;
import dev.elbo.studio.model.Models;
import dev.elbo.studio.model.ServedModel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The map of each model's codes. */
public final class MapRoutes implements RoutePart {
  private static final String MAP = "/api/v1/models/{id}/map";

  /** Encoding takes some seconds after the start; a client need not ask twice for that. */
  private static final long PATIENCE_SECONDS = 30;

  private final Function<Request, String> idOf;
  private final SortedMap<String, ModelMap> maps;

  /**
   * @param cache where a t-SNE is kept whose model lies in no run directory
   */
  public MapRoutes(Models models, Path cache) {
    this(request -> models.of(request).id(), maps(models, cache));
  }

  /**
   * @param idOf the model that a request names, which is one of those with a map
   */
  MapRoutes(Function<Request, String> idOf, SortedMap<String, ModelMap> maps) {
    this.idOf = idOf;
    this.maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
  }

  private static SortedMap<String, ModelMap> maps(Models models, Path cache) {
    SortedMap<String, ModelMap> maps = new TreeMap<>();
    for (ServedModel model : models.all()) {
      maps.put(
          model.id(),
          new ModelMap(
              model.mapImages(), () -> MapStore.of(model.source(), cache, System.err::println)));
    }
    return maps;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(MAP, "The maps of the model's images, and how far they can be trusted", this::map)
            .gives(Payload.json("Map")),
        Route.get(
                MAP + "/pca",
                "Principal components: 9 bytes a point, float32 x, float32 y, uint8 label (255: none)",
                this::pca)
            .gives(Payload.floats()),
        Route.get(
                MAP + "/tsne",
                "t-SNE of the first points, once it is ready: 9 bytes a point as the principal components",
                this::tsne)
            .gives(Payload.floats()),
        Route.post(MAP + "/tsne", "Starts a t-SNE where there is none", this::start)
            .access(Access.PAGE)
            .gives(Payload.json("MapTsne")));
  }

  private Answer map(Request request) {
    ModelMap maps = of(request);
    PrincipalMap principal = await(maps.principal());
    ObjectNode object = MapDescription.of(principal, principal.count(), maps.trustworthiness());
    object.set("tsne", tsne(maps, principal));
    return Answer.json(object);
  }

  private static ObjectNode tsne(ModelMap maps, PrincipalMap principal) {
    return MapDescription.of(maps.tsne(), maps.tsneCount(principal));
  }

  private Answer pca(Request request) {
    PrincipalMap principal = await(of(request).principal());
    return Answer.bytes(
        MediaType.FLOATS, MapPoints.encode(principal.map(), principal.images().images().labels()));
  }

  private Answer tsne(Request request) {
    ModelMap maps = of(request);
    PrincipalMap principal = await(maps.principal());
    if (maps.tsne() instanceof TsneState.Ready ready) {
      return Answer.bytes(
          MediaType.FLOATS,
          MapPoints.encode(ready.map().map(), principal.images().images().labels()));
    }
    throw Problem.notFound(
        "tsne: expected a finished t-SNE, found none yet; a POST to this path starts it");
  }

  private Answer start(Request request) {
    ModelMap maps = of(request);
    PrincipalMap principal = await(maps.principal());
    if (principal.count() < TsneMap.LEAST_POINTS) {
      throw Problem.conflict(
          "tsne: expected at least %d images on the map, found %d"
              .formatted(TsneMap.LEAST_POINTS, principal.count()));
    }
    maps.startTsne(principal);
    return Answer.json(tsne(maps, principal)).status(202);
  }

  private ModelMap of(Request request) {
    ModelMap map = maps.get(idOf.apply(request));
    if (map == null) {
      throw Problem.notFound("id: expected a model with a map, found none of that name");
    }
    return map;
  }

  private static PrincipalMap await(CompletableFuture<PrincipalMap> principal) {
    try {
      return principal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw Problem.busy("map: expected encoded images, found them still being encoded; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.busy("map: expected a running server, found it stopping");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException) {
        throw Problem.notFound(
            "map: expected images of the model's size on this machine, found none; start with --data");
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    maps.values().forEach(ModelMap::close);
  }
}
