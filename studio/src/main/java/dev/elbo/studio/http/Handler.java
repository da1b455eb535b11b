package dev.elbo.studio.http;

import java.io.IOException;

/** What a route does. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws Problem where the request is at fault
   */
  Answer answer(Request request) throws IOException;
}
