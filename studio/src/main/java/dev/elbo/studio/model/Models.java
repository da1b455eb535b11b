package dev.elbo.studio.model;

import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The models of the server, by id; nothing that a request says is ever a path. */
public final class Models implements AutoCloseable {
  private final SortedMap<String, ServedModel> byId = new TreeMap<>();

  private Models(List<ServedModel> models) {
    models.forEach(model -> byId.put(model.id(), model));
  }

  public static Models of(List<ModelSource> sources) {
    return new Models(
        sources.stream()
            .map(source -> new ServedModel(source, new CompletableFuture<>()))
            .toList());
  }

  public Collection<ServedModel> all() {
    return byId.values();
  }

  /**
   * The model that a request names in its path as {@code id}.
   *
   * @throws Problem 404 where there is none
   */
  public ServedModel of(Request request) {
    ServedModel model = byId.get(request.path("id"));
    if (model == null) {
      throw Problem.notFound(
          "id: expected one of %s, found %s"
              .formatted(String.join(", ", byId.keySet()), Request.shown(request.path("id"))));
    }
    return model;
  }

  @Override
  public void close() {
    byId.values().forEach(ServedModel::close);
  }
}
