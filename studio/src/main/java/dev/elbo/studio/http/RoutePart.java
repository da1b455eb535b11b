package dev.elbo.studio.http;

import java.util.List;

/** A part of the server: its routes, and what it must let go of at the end. */
public interface RoutePart extends AutoCloseable {
  List<Route> routes();

  /** Before the server waits for requests under way: those that last are asked to end. */
  default void drain() {}

  @Override
  default void close() {}
}
