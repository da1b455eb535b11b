package dev.elbo.studio.http;

import java.util.List;

/** A part of the server: its routes, and what it must let go of at the end. */
public interface RoutePart extends AutoCloseable {
  List<Route> routes();

  @Override
  default void close() {}
}
