package dev.elbo.studio.model;

import dev.elbo.studio.http.MetricsSource;
import dev.elbo.studio.http.MetricsText;
import dev.elbo.studio.http.Problem;
import dev.elbo.studio.http.Request;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of the server, by id; nothing that a request says is ever a path. */
public final class Models implements MetricsSource, AutoCloseable {
  private static final long CLOSING_MILLIS = 1_000;
  private static final long FOR_EVER = 0;

  private final Map<String, ServedModel> byId = new LinkedHashMap<>();
  private Thread warmUp;
  private Thread images;

  private Models(List<ModelSource> sources) {
    sources.forEach(source -> byId.put(source.id(), new ServedModel(source)));
  }

  /** In this order; requests can be answered at once. */
  public static Models of(List<ModelSource> sources) {
    return new Models(sources);
  }

  /**
   * Begins with what takes a while: self-tests and the compiling of kernels, and beside them the
   * images.
   *
   * @param data where data sets may lie, before the usual places
   */
  public void prepare(Optional<Path> data) {
    warmUp =
        begin(
            "elbo-warm-up",
            () -> {
              byId.values().forEach(ServedModel::selfTest);
              byId.values().forEach(ServedModel::warm);
            });
    images =
        begin(
            "elbo-images",
            () -> {
              LocalImages images = new LocalImages(data);
              byId.values().forEach(model -> model.compare(images));
            });
  }

  private static Thread begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  public Collection<ServedModel> all() {
    return byId.values();
  }

  /** One sentence of what is not ready yet, or empty. */
  public Optional<String> lack() {
    return byId.values().stream().flatMap(model -> model.lack().stream()).findFirst();
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
  public void writeTo(MetricsText text) {
    byId.values().forEach(model -> model.writeTo(text));
  }

  /** Requests that wait are answered first. */
  @Override
  public void close() {
    byId.values().forEach(ServedModel::close);
    if (warmUp != null) {
      await(warmUp, FOR_EVER);
      // What it is about ends by itself; nobody needs it any more.
      await(images, CLOSING_MILLIS);
    }
    byId.values().forEach(ServedModel::dismissTeam);
  }

  private static void await(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
