package dev.elbo.studio.model;

import java.util.concurrent.CompletableFuture;

/** A model behind the API. For any number of threads. */
public final class ServedModel implements AutoCloseable {
  private final ModelSource source;
  private final CompletableFuture<MapImages> mapImages;

  ServedModel(ModelSource source, CompletableFuture<MapImages> mapImages) {
    this.source = source;
    this.mapImages = mapImages;
  }

  public String id() {
    return source.id();
  }

  public ModelSource source() {
    return source;
  }

  /** The images of the map and their codes, which are found in the background after the start. */
  public CompletableFuture<MapImages> mapImages() {
    return mapImages;
  }

  @Override
  public void close() {}
}
